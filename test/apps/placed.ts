import { Stage } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import type { Placement } from "../../synth/model/placement.ts";
import { plain } from "../../synth/objects/plain.ts";

interface Site {
  readonly cluster: ClusterView;
  readonly capabilities: Partial<Capabilities>;
  /** Tag of the app's images. Default: 1. */
  readonly tag?: string;
  /** Images in the place of `registry/<name>:<tag>`. */
  readonly images?: Readonly<Record<string, string>>;
}

/** What a placement renders, reports and asks of AWS, on a cluster that a test describes. */
export function placed(placement: Placement, { cluster, capabilities, tag = "1", images = {} }: Site) {
  const { app, environment } = placement;
  const namespace = placement.namespace.name;
  const reports: string[] = [];
  const report = (what: string): void => void reports.push(what);
  const context = { cluster, capabilities, namespace, report };
  const own = Object.keys(placement.images).map((name) => [name, `registry/${name}:${tag}`]);
  const bound = placement.bind({
    ...context,
    environment,
    images: { ...Object.fromEntries(own), ...images },
  });
  if (bound === undefined) throw new Error("the cluster lacks a capability");
  const stageContext = {
    ...context,
    labels: { "app.kubernetes.io/instance": `${app}-${environment}` },
    identity: () => ({}),
    secretPath: `${app}/${environment}`,
    trace: false,
  };
  const stages = placement.stages.map((name) => [name, new Stage(name, stageContext)] as const);
  bound.render(Object.fromEntries(stages));
  const objects = stages.flatMap(([stage, tree]) =>
    tree.apiObjects.map((object) => ({
      stage,
      kind: object.kind,
      name: object.name,
      namespace: object.metadata.namespace ?? namespace,
      content: plain(object.toJson()),
    })),
  );
  return { namespace, namespaces: bound.namespaces(), permissions: bound.permissions(), reports, objects };
}

export type Placed = ReturnType<typeof placed>;

/** One object by kind and name; of a Job by the start of its name, which ends in a digest. */
export function one(
  all: Pick<Placed, "objects" | "namespace">,
  kind: string,
  name: string,
  namespace?: string,
) {
  const where = namespace ?? all.namespace;
  const found = all.objects.filter(
    (object) =>
      object.kind === kind &&
      object.namespace === where &&
      (object.name === name || (kind === "Job" && object.name.startsWith(`${name}-`))),
  );
  const [object] = found;
  if (object === undefined || found.length > 1)
    throw new Error(`${found.length} objects are ${kind} ${where}/${name}`);
  return object;
}
