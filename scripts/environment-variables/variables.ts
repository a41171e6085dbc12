import { podTemplatesOf, workloadText } from "../../synth/checks/workloads.ts";
import type { ContainerView, PodTemplate } from "../../synth/checks/workloads.ts";
import type { RenderedCluster } from "../../synth/checks/check.ts";
import { appPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { field, list, stringMap, text } from "../../synth/objects/json-fields.ts";
import type { RenderedObject } from "../../synth/render/render.ts";

/** A variable of one container, as one placement sets it. */
export interface Variable {
  readonly app: string;
  readonly placement: string;
  readonly environment: string;
  /** `Deployment web`, without the digest at the end of a Job's name. */
  readonly workload: string;
  readonly container: string;
  readonly name: string;
  /** What it is for, as its app says. */
  readonly purpose: string;
  /** Where it comes from, for people: a value, a key of a ConfigMap or a Secret, a field of the pod. */
  readonly source: string;
  /** The value itself, where the repository holds it. */
  readonly value?: string;
  readonly secret: boolean;
}

/** What variables are for, by app and name. */
export type Purposes = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Every variable of every container of every app on these clusters, as rendered.
 *
 * @throws ProblemsError where an app renders a variable and does not say what it is for
 */
export function variablesOf(clusters: readonly RenderedCluster[], purposes: Purposes): readonly Variable[] {
  const found = renderedVariables(clusters);
  const purposeOf = ({ app, name }: Rendered) => purposes.get(app)?.[name];
  const silent = new Map(
    found.filter((each) => purposeOf(each) === undefined).map((each) => [`${each.app} ${each.name}`, each]),
  );
  if (silent.size > 0) throw new ProblemsError([...silent.values()].map(withoutPurpose));
  return found.map((each) => ({ ...each, purpose: purposeOf(each) ?? "" }));
}

type Rendered = Omit<Variable, "purpose">;

function withoutPurpose({ app, name, workload }: Rendered): Problem {
  return {
    rule: "environment-variable",
    at: { definition: appPath(app), object: workload },
    what: `${name} is a variable, and the app does not say what it is for`,
    fix: `add it to apps/${app}/variables.ts`,
  };
}

function renderedVariables(clusters: readonly RenderedCluster[]): readonly Rendered[] {
  return clusters.flatMap(({ slices }) =>
    slices.flatMap(({ slice, objects }) => {
      const { placement } = slice;
      if (placement === undefined) return [];
      const about = { app: placement.app, environment: placement.environment, placement: slice.owner };
      return objects
        .flatMap(podTemplatesOf)
        .flatMap((template) =>
          template.containers.flatMap((container) =>
            containerVariables(template, container, objects).map((found) => ({ ...about, ...found })),
          ),
        );
    }),
  );
}

type Found = Omit<Rendered, "app" | "placement" | "environment">;

/** What Kubernetes does: `env` after `envFrom`, the later of one name counts. */
function containerVariables(
  template: PodTemplate,
  { name: container, spec }: ContainerView,
  objects: readonly RenderedObject[],
): readonly Found[] {
  const workload = workloadText(template).replace(/-[0-9a-f]{10}$/, "");
  const found = [
    ...list(spec, "envFrom").flatMap((from) => everyKey(from, objects)),
    ...list(spec, "env").map((entry) => single(entry, objects)),
  ];
  const last = new Map(found.map((each) => [each.name, { workload, container, ...each }]));
  // $(NAME) in a value stands for that variable's.
  const holdsSecret = ({ value = "", secret }: Bare): boolean =>
    secret || [...value.matchAll(/\$\((\w+)\)/g)].some(([, name = ""]) => last.get(name)?.secret === true);
  return [...last.values()].map((each) => ({ ...each, secret: holdsSecret(each) }));
}

type Bare = Omit<Found, "workload" | "container">;

function everyKey(from: unknown, objects: readonly RenderedObject[]): readonly Bare[] {
  const map = text(from, "configMapRef", "name");
  if (map !== undefined) {
    return Object.entries(configMap(map, objects)).map(([name, value]) =>
      fromConfigMap(name, map, name, value),
    );
  }
  const secret = text(from, "secretRef", "name") ?? "";
  const external = objects.find(
    ({ object }) => object.kind === "ExternalSecret" && text(object, "spec", "target", "name") === secret,
  )?.object;
  const keys = [
    ...list(external, "spec", "data").flatMap((entry) => text(entry, "secretKey") ?? []),
    // Where the cluster makes the values itself.
    ...list(external, "spec", "dataFrom")
      .flatMap((from) => list(from, "rewrite"))
      .flatMap((rewrite) => text(rewrite, "regexp", "target") ?? []),
    ...Object.keys(stringMap(external, "spec", "target", "template", "data")),
  ];
  return [...new Set(keys)].map((name) => fromSecret(name, secret, name));
}

function single(entry: unknown, objects: readonly RenderedObject[]): Bare {
  const name = text(entry, "name") ?? "";
  const secret = text(entry, "valueFrom", "secretKeyRef", "name");
  if (secret !== undefined)
    return fromSecret(name, secret, text(entry, "valueFrom", "secretKeyRef", "key") ?? "");
  const map = text(entry, "valueFrom", "configMapKeyRef", "name");
  if (map !== undefined) {
    const key = text(entry, "valueFrom", "configMapKeyRef", "key") ?? "";
    return fromConfigMap(name, map, key, configMap(map, objects)[key]);
  }
  const path =
    text(entry, "valueFrom", "fieldRef", "fieldPath") ??
    text(entry, "valueFrom", "resourceFieldRef", "resource");
  if (path !== undefined) return { name, source: `the pod's \`${path}\``, secret: false };
  const value = String(field(entry, "value") ?? "");
  return { name, source: "", value, secret: false };
}

function fromSecret(name: string, secret: string, key: string): Bare {
  return { name, source: `Secret \`${secret}\`, key \`${key}\``, secret: true };
}

function fromConfigMap(name: string, map: string, key: string, value: string | undefined): Bare {
  const source = `ConfigMap \`${map}\`${key === name ? "" : `, key \`${key}\``}`;
  return { name, source, secret: false, ...(value !== undefined && { value }) };
}

function configMap(name: string, objects: readonly RenderedObject[]): Readonly<Record<string, string>> {
  const found = objects.find(({ object }) => object.kind === "ConfigMap" && object.metadata.name === name);
  return stringMap(found?.object, "data");
}
