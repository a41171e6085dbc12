import { defaultIdleMinutes, instanceSettings, instanceSizeNames, Stage, userInstanceApi } from "#synth";
import type { InstanceSettings } from "#synth";
import { instanceObjects } from "./instance.ts";
import type { InstanceValues } from "./instance.ts";
import { shardExpression } from "./shard.ts";

/** Fields of a UserInstance's spec in kro's SimpleSchema, and what each is for. */
const spec = {
  /** Whose it is; also its name. The admission policy says which ids there are. */
  user: 'string | required=true immutable=true minLength=1 maxLength=40 description="Id of the user"',
  size: `string | default="medium" enum="${instanceSizeNames.join()}" description="CPU and memory that are set aside"`,
  gpu: 'boolean | default=false description="Whether Blender renders on a GPU"',
  idleMinutes: `integer | default=${defaultIdleMinutes} minimum=5 maximum=1440 description="Minutes without activity after which it is deleted"`,
  lastActivity:
    'string | default="" pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$" description="When its user was last seen, in UTC; empty until then"',
} as const;

type SizeName = (typeof instanceSizeNames)[number];

/** What is set aside for each size; an instance may use more where its node has it. */
export const instanceSizes = {
  small: { cpu: { blender: "250m", agent: "100m" }, memory: { blender: "1Gi", agent: "512Mi" } },
  medium: { cpu: { blender: "500m", agent: "500m" }, memory: { blender: "2Gi", agent: "512Mi" } },
  large: { cpu: { blender: "1", agent: "500m" }, memory: { blender: "4Gi", agent: "1Gi" } },
} as const satisfies Record<SizeName, Pick<InstanceValues, "cpu" | "memory">>;

/** An expression of the value that a size has. */
function bySize(resource: "cpu" | "memory", part: "blender" | "agent"): string {
  const value = (size: SizeName) => `"${instanceSizes[size][resource][part]}"`;
  return `\${schema.spec.size == "small" ? ${value("small")} : schema.spec.size == "large" ? ${value("large")} : ${value("medium")}}`;
}

const user = "${schema.spec.user}";

/** An expression of what the app of the instance's namespace says. */
const setting = (name: keyof InstanceSettings) => `settings.data.${name}`;

const values: InstanceValues = {
  user,
  host: `\${${setting("hostPrefix")}}${user}.\${${setting("domain")}}`,
  loadBalancer: `\${${setting("loadBalancer")}}-\${${shardExpression("schema.spec.user", setting("shards"))}}`,
  blenderImage: `\${${setting("blenderImage")}}`,
  agentImage: `\${${setting("agentImage")}}`,
  sharedNamespace: `\${${setting("sharedNamespace")}}`,
  cpu: { blender: bySize("cpu", "blender"), agent: bySize("cpu", "agent") },
  memory: { blender: bySize("memory", "blender"), agent: bySize("memory", "agent") },
};

/** Adds the graph: for each UserInstance, the objects of one user in its namespace. */
export function addGraph(stage: Stage): void {
  const { group, version, kind } = userInstanceApi;
  stage.addResource({
    apiVersion: "kro.run/v1alpha1",
    kind: "ResourceGraphDefinition",
    metadata: { name: "user-instance" },
    spec: {
      schema: {
        apiVersion: version,
        group,
        kind,
        spec,
        status: { host: "${instanceIngress.spec.rules[0].host}" },
        additionalPrinterColumns: [
          { name: "Size", type: "string", jsonPath: ".spec.size" },
          { name: "Host", type: "string", jsonPath: ".status.host" },
          { name: "State", type: "string", jsonPath: ".status.state" },
          { name: "Last activity", type: "string", jsonPath: ".spec.lastActivity" },
          { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
        ],
      },
      resources: [
        {
          id: "settings",
          externalRef: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: instanceSettings } },
        },
        ...resources(stage),
      ],
    },
  });
}

function resources(stage: Stage): readonly object[] {
  const { gpuNodeGroup } = stage.context.capabilities.userInstances ?? {};
  const plain = templates(stage, values);
  if (gpuNodeGroup === undefined) return plain;
  const withGpu = templates(stage, { ...values, gpu: { nodeGroup: gpuNodeGroup } });
  return [
    ...plain.map((each) => (isBlender(each) ? { ...each, includeWhen: ["${!schema.spec.gpu}"] } : each)),
    ...withGpu.filter(isBlender).map((each) => ({
      ...each,
      id: "blenderGpuDeployment",
      includeWhen: ["${schema.spec.gpu}"],
      readyWhen: readyWhen("blenderGpuDeployment", "Deployment"),
    })),
  ];
}

const isBlender = ({ id }: Template) => id === "blenderDeployment";

interface Template {
  readonly id: string;
  readonly template: unknown;
}

/** The objects of one user, rendered like any others, with expressions where values would be. */
function templates(stage: Stage, instance: InstanceValues): readonly Template[] {
  const labels = {
    "app.kubernetes.io/instance": `user-${user}`,
    "app.kubernetes.io/part-of": "user-instances",
    "slipway.dev/user": user,
  };
  const scratch = new Stage("user-instance", { ...stage.context, labels });
  instanceObjects(scratch, instance);
  return scratch.apiObjects.map((object) => {
    const part = object.name.slice(`user-${user}`.length).replace("-", "") || "instance";
    const id = `${part}${object.kind}`;
    return { id, template: asKroKeepsIt(object.toJson()), ...ready(id, object.kind) };
  });
}

function ready(id: string, kind: string): { readonly readyWhen?: readonly string[] } {
  const expressions = readyWhen(id, kind);
  return expressions.length === 0 ? {} : { readyWhen: expressions };
}

/** An instance is Ready when its pods are, and when a load balancer has taken up its host. */
function readyWhen(id: string, kind: string): readonly string[] {
  switch (kind) {
    case "Deployment":
      return [`\${${id}.status.?readyReplicas.orValue(0) > 0}`];
    case "Ingress":
      return [`\${${id}.status.?loadBalancer.?ingress.orValue([]).size() > 0}`];
    default:
      return [];
  }
}

/**
 * Without the digests of ConfigMaps on pods: kro replaces no expressions in keys, and these are keys with a name in them.
 * Without empty lists: Kubernetes keeps none, so that each apply would change the object, and kro would never be done.
 */
function asKroKeepsIt(template: unknown): unknown {
  const json = JSON.stringify(template, (key, value: unknown) => {
    const isEmptyList = Array.isArray(value) && value.length === 0;
    return key.startsWith("slipway.dev/config.") || isEmptyList ? undefined : value;
  });
  const parsed: unknown = JSON.parse(json, (key, value: unknown) =>
    key === "annotations" && JSON.stringify(value) === "{}" ? undefined : value,
  );
  return parsed;
}
