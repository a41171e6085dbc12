import { isGenerated } from "../../kubernetes/secret.ts";
import { ref } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import { remoteSecrets } from "../remote-secrets.ts";
import type { RemoteSecret } from "../remote-secrets.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { each, kept, resource } from "../template.ts";
import type { Resource } from "../template.ts";

/** Characters of a value that Secrets Manager makes: 285 bits of chance. */
const generatedLength = 48;

/** The entries that the cluster reads from Secrets Manager. Whoever knows a value puts it there; no template holds one. */
export function secrets({ view, settings, cluster, objects }: StackInput): StackContent | undefined {
  if (cluster.capabilities.secretStore?.backend !== "secrets-manager") return undefined;
  const all = objects.map(({ object }) => object);
  const entries = remoteSecrets(all, all);
  if (entries.length === 0) return undefined;
  const generated = new Set(
    remoteSecrets(
      all.filter((object) => isGenerated(object)),
      all,
    ).map(({ name }) => name),
  );
  // All of them begin with the cluster's name.
  const below = ({ name }: RemoteSecret) => name.slice(view.name.length + 1);
  const secretId = (entry: RemoteSecret) => `${logicalId(below(entry))}Secret`;
  const rotated = entries.flatMap((entry) => {
    const rotation = settings.rotation?.[below(entry)];
    return rotation === undefined ? [] : [{ entry, rotation }];
  });
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Entries of Secrets Manager that ${view.name} reads; their values are put there by hand or made there`,
      Resources: {
        ...each(entries, secretId, (entry) => secret(entry, generated.has(entry.name))),
        ...each(
          rotated,
          ({ entry }) => `${secretId(entry)}Rotation`,
          ({ entry, rotation }) =>
            resource("AWS::SecretsManager::RotationSchedule", {
              SecretId: ref(secretId(entry)),
              RotationLambdaARN: rotation.lambda,
              RotationRules: { ScheduleExpression: `rate(${rotation.everyDays} days)` },
            }),
        ),
      },
    },
    parameters: {},
  };
}

function secret({ name, keys }: RemoteSecret, isRandom: boolean): Resource {
  const [key = ""] = keys;
  return kept("AWS::SecretsManager::Secret", {
    Name: name,
    Description: `JSON with ${keys.join(", ")}`,
    ...(isRandom && {
      GenerateSecretString: {
        SecretStringTemplate: "{}",
        GenerateStringKey: key,
        PasswordLength: generatedLength,
        ExcludePunctuation: true,
      },
    }),
  });
}
