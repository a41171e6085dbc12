import { crdSource } from "../../../synth/model/crd-groups.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";
import { definitionsIn } from "../../schemas/definitions.ts";
import { documentAt, documentsAt, isDocument, textAt } from "../../schemas/document.ts";
import type { Document } from "../../schemas/document.ts";
import { moduleFiles } from "../../schemas/module-files.ts";
import { sources } from "../../schemas/sources.ts";
import type { DefinitionSource } from "../../schemas/sources.ts";
import { remember } from "./remember.ts";

/** Kinds that no definition of the fleet writes, but a stand-in chart does, or a controller does not start without. */
const alsoBrought: Readonly<Record<string, readonly string[]>> = {
  "argo-rollouts": [
    "argoproj.io/v1alpha1/AnalysisRun",
    "argoproj.io/v1alpha1/ClusterAnalysisTemplate",
    "argoproj.io/v1alpha1/Experiment",
  ],
  "prometheus-operator": ["monitoring.coreos.com/v1/Alertmanager", "monitoring.coreos.com/v1/Prometheus"],
};

/** Kubernetes demands it for groups of its own. */
const approval = "api-approved.kubernetes.io";

/**
 * The definitions that a chart brings, as far as the fleet uses their kinds: those of the project itself, with its
 * defaults and validations, from the Go module that the checks' schemas are derived from too.
 *
 * @throws ProblemsError where they are not in the cache and there is no Go to fetch them with
 */
export function chartDefinitions(chart: string): readonly Document[] {
  return definitionSources().flatMap((source) => {
    const brought = kindsOf(source).filter((key) => bringsKind(chart, key));
    if (brought.length === 0) return [];
    return definitionsFrom(source).filter((definition) =>
      keysOf(definition).some((key) => brought.includes(key)),
    );
  });
}

/** Definitions of these kinds, `apiVersion/Kind`, whoever brings them. */
export function definitionsOfKinds(wanted: readonly string[]): readonly Document[] {
  return definitionSources()
    .filter((source) => kindsOf(source).some((key) => wanted.includes(key)))
    .flatMap(definitionsFrom)
    .filter((definition) => keysOf(definition).some((key) => wanted.includes(key)));
}

function definitionSources(): readonly DefinitionSource[] {
  return sources.filter((source) => source.type === "crd");
}

function kindsOf(source: DefinitionSource): readonly string[] {
  return [...source.kinds, ...(alsoBrought[source.name] ?? [])];
}

function bringsKind(chart: string, key: string): boolean {
  const [group = "", , kind = ""] = key.split("/");
  const source = crdSource(group, kind);
  // Argo CD's own chart brings what its crd-groups entry says of the reconciler.
  return (
    source?.charts?.includes(chart) === true ||
    (chart === "argo-cd" && source?.reconciler === "argocd" && source.charts === undefined)
  );
}

function keysOf(definition: Document): readonly string[] {
  const spec = documentAt(definition, "spec");
  const kind = textAt(documentAt(spec, "names"), "kind");
  return documentsAt(spec, "versions").map(
    (version) => `${textAt(spec, "group")}/${textAt(version, "name")}/${kind}`,
  );
}

function definitionsFrom(source: DefinitionSource): readonly Document[] {
  const { name, module, version, files } = source;
  const kinds = kindsOf(source);
  return remember(`definitions/${name}`, { module, version, files, kinds, form: 1 }, () => {
    console.error(`fetching the custom resource definitions of ${name} ${version}, once`);
    const definitions = read(source).flatMap(({ text }) => definitionsIn(text));
    return definitions
      .filter((definition) => keysOf(definition).some((key) => kinds.includes(key)))
      .map(withoutProse);
  }).filter(isDocument);
}

function read(source: DefinitionSource) {
  try {
    return moduleFiles(source.module, source.version, source.files);
  } catch (error) {
    throw new ProblemsError([
      {
        rule: "stand-in-definitions",
        at: { definition: "scripts/schemas/sources.ts" },
        what: `the custom resource definitions of ${source.name} ${source.version} cannot be fetched: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
        fix: "install Go (https://go.dev/dl), see that the module proxy can be reached, and run this again",
      },
    ]);
  }
}

/** What the API server needs of a definition: no descriptions, no webhook that converts, no status. */
function withoutProse(definition: Document): Json {
  const metadata = documentAt(definition, "metadata");
  const { conversion: _webhook, ...spec } = documentAt(definition, "spec");
  const approved = isDocument(metadata["annotations"]) ? metadata["annotations"][approval] : undefined;
  return strip({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: metadata["name"],
      ...(approved !== undefined && { annotations: { [approval]: approved } }),
    },
    spec: {
      ...spec,
      versions: documentsAt(spec, "versions").filter(
        (each) => each["served"] === true || each["storage"] === true,
      ),
    },
  });
}

/** A field that is called description is an object. */
function strip(value: unknown): Json {
  if (Array.isArray(value)) return value.map(strip);
  if (isDocument(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, child]) => name !== "description" || typeof child !== "string")
        .map(([name, child]) => [name, strip(child)]),
    );
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
