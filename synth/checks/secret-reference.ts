import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { list, text } from "../objects/json-fields.ts";
import { chartProblem, objectProblem } from "./check.ts";
import type { Check, Complain, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { podReferences } from "./pod-references.ts";
import { secretSources } from "./secret-sources.ts";
import type { SecretSource } from "./secret-sources.ts";
import { judgeStrings } from "./strings.ts";
import { workloadText } from "./workloads.ts";

interface Use {
  readonly by: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly keys: readonly string[];
  /** Makes a problem of the place that reads it. */
  readonly complain: Complain;
}

/** Something makes every Secret that a pod, an Ingress, an autoscaler or a chart reads, with the keys it asks for. */
export const secretReference: Check = {
  id: "secret-reference",
  *run(input) {
    const index = indexOf(input);
    const sources = secretSources(index);
    for (const use of [...podUses(input), ...ingressUses(input), ...scalerUses(input), ...chartUses(input)]) {
      const source = sources.get(`${use.namespace ?? ""}/${use.name}`);
      if (source === undefined) yield missingSecret(use, [...sources.values()]);
      else yield* missingKeys(use, source);
    }
    for (const { from } of sources.values()) yield* missingStore(input, from);
  },
};

/** An ExternalSecret reads from a store that is there. */
function* missingStore(input: RenderedCluster, from: RenderedObject): Iterable<Problem> {
  const index = indexOf(input);
  const name = text(from.object, "spec", "secretStoreRef", "name");
  if (name === undefined) return;
  const cluster = text(from.object, "spec", "secretStoreRef", "kind") === "ClusterSecretStore";
  const kind = `external-secrets.io/${cluster ? "ClusterSecretStore" : "SecretStore"}` as const;
  const namespace = cluster ? undefined : from.object.metadata.namespace;
  if (index.find(kind, namespace, name) !== undefined) return;
  yield objectProblem(
    secretReference.id,
    input,
    from,
    `it reads from secret store ${name}, which does not exist`,
    didYouMean(
      name,
      index.names(kind, namespace),
      "let an add-on render the store, under the name that the capability has",
    ),
    "spec.secretStoreRef",
  );
}

function missingSecret(use: Use, sources: readonly SecretSource[]): Problem {
  const { by, namespace, name } = use;
  const names = sources.filter((source) => source.namespace === namespace).map((source) => source.name);
  return use.complain(
    `${by} reads Secret ${name}, which nothing makes in namespace ${namespace ?? ""}`,
    didYouMean(name, names, "declare it in that namespace with secret(…)"),
  );
}

function* missingKeys(use: Use, source: SecretSource): Iterable<Problem> {
  const { keys: known } = source;
  if (known === undefined) return;
  for (const missing of use.keys.filter((key) => !known.includes(key))) {
    yield use.complain(
      `${use.by} reads key ${missing} of Secret ${use.name}, which has ${known.join(", ")}`,
      didYouMean(
        missing,
        known,
        `add ${missing} to ${source.from.object.kind} ${source.from.object.metadata.name} in ${source.from.definition}`,
      ),
    );
  }
}

function podUses(input: RenderedCluster): readonly Use[] {
  const index = indexOf(input);
  return index.templates.flatMap((template) =>
    podReferences(template)
      .filter(({ kind }) => kind === "Secret")
      // A chart's own Secrets are known to the chart only.
      .filter(() => !index.hasUnknownObjects(template.namespace))
      .map(({ name, keys, path }) => ({
        by: workloadText(template),
        namespace: template.namespace,
        name,
        keys,
        complain: (what, fix) => objectProblem(secretReference.id, input, template.source, what, fix, path),
      })),
  );
}

function ingressUses(input: RenderedCluster): readonly Use[] {
  const index = indexOf(input);
  return index.all("networking.k8s.io/Ingress").flatMap((rendered) => {
    const { namespace, name: ingress } = rendered.object.metadata;
    if (index.hasUnknownObjects(namespace)) return [];
    return list(rendered.object, "spec", "tls").flatMap((entry, position): readonly Use[] => {
      const name = text(entry, "secretName");
      if (name === undefined) return [];
      const path = `spec.tls[${position}]`;
      const complain: Complain = (what, fix) =>
        objectProblem(secretReference.id, input, rendered, what, fix, path);
      return [{ by: `Ingress ${ingress}`, namespace, name, keys: ["tls.crt", "tls.key"], complain }];
    });
  });
}

/** What an autoscaler signs in with at the queue that it asks. */
function scalerUses(input: RenderedCluster): readonly Use[] {
  const index = indexOf(input);
  return index.all("keda.sh/TriggerAuthentication").flatMap((rendered) => {
    const { namespace, name: by } = rendered.object.metadata;
    if (index.hasUnknownObjects(namespace)) return [];
    return list(rendered.object, "spec", "secretTargetRef").map((reference, position): Use => {
      const path = `spec.secretTargetRef[${position}]`;
      return {
        by: `TriggerAuthentication ${by}`,
        namespace,
        name: text(reference, "name") ?? "",
        keys: [text(reference, "key") ?? ""],
        complain: (what, fix) => objectProblem(secretReference.id, input, rendered, what, fix, path),
      };
    });
  });
}

/** Charts call a Secret that they do not make themselves `existingSecret`, with something before it or not. */
function chartUses(input: RenderedCluster): readonly Use[] {
  return indexOf(input).charts.flatMap((slice) =>
    judgeStrings(slice.chart.values, existingSecret).map(({ path, judged }) => ({
      by: `chart ${slice.chart.name}`,
      namespace: slice.namespace,
      name: judged,
      keys: [],
      complain: (what, fix) => chartProblem(secretReference.id, input, slice, what, fix, path),
    })),
  );
}

function existingSecret(value: string, key: string): string | undefined {
  return /existingSecret(?:Name)?$/i.test(key) && value !== "" ? value : undefined;
}
