import * as v from "valibot";
import { remoteSecrets } from "../../synth/aws/remote-secrets.ts";
import { clusterPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Session } from "./session.ts";
import { typedOptions } from "./stacks/stack-problem.ts";

const listed = v.object({
  SecretList: v.array(
    v.object({ Name: v.string(), SecretVersionsToStages: v.optional(v.nullable(v.unknown())) }),
  ),
});

/**
 * Entries of Secrets Manager that the cluster reads have values: whoever knows them puts them there, and no file of ours holds
 * one. Only asks whether there is a value, not for it.
 *
 * @throws ProblemsError with each entry without one, and the keys that it needs
 */
export async function requireSecretValues({ aws, definition, rendered }: Session): Promise<void> {
  const objects = rendered.cluster.objects.map(({ object }) => object);
  const wanted = remoteSecrets(objects, objects);
  if (wanted.length === 0) return;
  const filter = `Key=name,Values=${definition.name}/`;
  const { SecretList } = await aws.ask(listed, ["secretsmanager", "list-secrets", "--filters", filter]);
  const filled = new Set(
    SecretList.filter(({ SecretVersionsToStages: stages }) => Object.keys(Object(stages)).length > 0).map(
      ({ Name }) => Name,
    ),
  );
  const empty = wanted.filter(({ name }) => !filled.has(name));
  if (empty.length === 0) return;
  throw new ProblemsError(
    empty.map(({ name, keys }) => ({
      rule: "aws-secret-value",
      at: { definition: clusterPath(definition.name), cluster: definition.name, object: `secret ${name}` },
      what: `${name} has no value; its readers want ${keys.join(", ")}`,
      fix: `write them to a file as JSON, then: aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://<file> ${typedOptions(aws.target)}`,
    })),
  );
}
