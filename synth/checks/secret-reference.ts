import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { didYouMean } from "./did-you-mean.ts";
import { indexOf } from "./index-objects.ts";
import type { ClusterIndex } from "./index-objects.ts";
import { list, text } from "./json-fields.ts";
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
  readonly rendered: RenderedObject;
  readonly path: string;
}

/** Something makes every Secret that a pod, an Ingress or a chart reads, with the keys it asks for. */
export const secretReference: Check = {
  id: "secret-reference",
  *run(input) {
    const index = indexOf(input);
    const sources = secretSources(index);
    for (const use of [...podUses(index), ...ingressUses(index), ...chartUses(input)]) {
      const source = sources.get(`${use.namespace ?? ""}/${use.name}`);
      if (source === undefined) yield* missingSecret(input, use, [...sources.values()]);
      else yield* missingKeys(input, use, source);
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

function* missingSecret(
  input: RenderedCluster,
  use: Use,
  sources: readonly SecretSource[],
): Iterable<Problem> {
  const { by, namespace, name, rendered, path } = use;
  const names = sources.filter((source) => source.namespace === namespace).map((source) => source.name);
  yield objectProblem(
    secretReference.id,
    input,
    rendered,
    `${by} reads Secret ${name}, which nothing makes in namespace ${namespace ?? ""}`,
    didYouMean(name, names, "declare it in that namespace with secret(…)"),
    path,
  );
}

function* missingKeys(input: RenderedCluster, use: Use, source: SecretSource): Iterable<Problem> {
  const { keys: known } = source;
  if (known === undefined) return;
  for (const missing of use.keys.filter((key) => !known.includes(key))) {
    yield objectProblem(
      secretReference.id,
      input,
      use.rendered,
      `${use.by} reads key ${missing} of Secret ${use.name}, which has ${known.join(", ")}`,
      didYouMean(
        missing,
        known,
        `add ${missing} to ${source.from.object.kind} ${source.from.object.metadata.name} in ${source.from.definition}`,
      ),
      use.path,
    );
  }
}

function podUses(index: ClusterIndex): readonly Use[] {
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
        rendered: template.source,
        path,
      })),
  );
}

function ingressUses(index: ClusterIndex): readonly Use[] {
  return index.all("networking.k8s.io/Ingress").flatMap((rendered) => {
    const { namespace, name: ingress } = rendered.object.metadata;
    if (index.hasUnknownObjects(namespace)) return [];
    return list(rendered.object, "spec", "tls").flatMap((entry, position): readonly Use[] => {
      const name = text(entry, "secretName");
      if (name === undefined) return [];
      const by = `Ingress ${ingress}`;
      return [{ by, namespace, name, keys: ["tls.crt", "tls.key"], rendered, path: `spec.tls[${position}]` }];
    });
  });
}

/** Charts call a Secret that they do not make themselves `existingSecret`, with something before it or not. */
function chartUses(input: RenderedCluster): readonly Use[] {
  const charts = new Map(indexOf(input).charts.map((slice) => [slice.owner, slice]));
  return input.objects.flatMap((rendered) => {
    const slice = charts.get(rendered.owner);
    if (slice === undefined || !["Application", "HelmRelease"].includes(rendered.object.kind)) return [];
    return judgeStrings(rendered.object, existingSecret).map(({ path, judged }) => ({
      by: `chart ${slice.chart?.name ?? slice.owner}`,
      namespace: slice.namespace,
      name: judged,
      keys: [],
      rendered,
      path,
    }));
  });
}

function existingSecret(value: string, key: string): string | undefined {
  return /existingSecret(?:Name)?$/i.test(key) && value !== "" ? value : undefined;
}
