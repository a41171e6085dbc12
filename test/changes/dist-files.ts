import { ownershipMark } from "../../synth/layout/file-spec.ts";
import { toYaml } from "../../synth/objects/yaml.ts";
import type { ClusterNodes } from "../../synth/changes/cost.ts";
import type { DistFiles } from "../../synth/changes/dist-tree.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { plain, toObject } from "../../synth/objects/plain.ts";
import { workers } from "../invalid/garden.ts";

/** An object, and the slice that holds it; by default app shop's in prod, on cluster garden. */
export interface Planted {
  readonly object: KubernetesObject;
  readonly cluster?: string;
  readonly folder?: string;
  readonly owner?: string;
  readonly definition?: string;
}

/** Files of dist as layout would write them. */
export function distFiles(planted: readonly (Planted | KubernetesObject)[]): DistFiles {
  return new Map(
    planted.map((one): [string, string] => {
      const wish: Planted = isPlanted(one) ? one : { object: one };
      const { object, cluster = "garden", folder = "applications", owner = "shop-prod" } = wish;
      const { definition = "apps/shop/app.ts" } = wish;
      const { namespace, name } = object.metadata;
      const file = [
        object.kind,
        ...(namespace === undefined || namespace === "shop" ? [] : [namespace]),
        name,
      ].join(".");
      const header = `${ownershipMark}${owner}, from ${definition}. Do not edit: change the definition, then npm run synth`;
      return [`${cluster}/${folder}/${owner}/${file}.yaml`, `${header}\n${toYaml(plain(object))}`];
    }),
  );
}

function isPlanted(one: Planted | KubernetesObject): one is Planted {
  return !("apiVersion" in one);
}

/** Two clusters of two to four small nodes. */
export const clusters: readonly ClusterNodes[] = ["garden", "meadow"].map((name) => ({
  name,
  provider: "eks",
  kubernetes: "1.35",
  nodeGroups: [workers],
}));

export const webLabels = { "app.kubernetes.io/name": "web" };

interface WebChange {
  readonly spec?: object;
  readonly pod?: object;
  readonly container?: object;
  readonly annotations?: object;
  readonly kind?: string;
}

/** A Deployment of two small pods that satisfies level restricted. */
export function web({
  spec,
  pod,
  container,
  annotations,
  kind = "Deployment",
}: WebChange = {}): KubernetesObject {
  const metadata = { labels: webLabels, ...(annotations && { annotations }) };
  const template = {
    metadata,
    spec: { ...restrictedPod, containers: [{ ...webContainer, ...container }], ...pod },
  };
  const selector = { matchLabels: webLabels };
  return object("apps/v1", kind, "web", { spec: { replicas: 2, selector, template, ...spec } }, "shop");
}

export const webContainer = {
  name: "web",
  image: "123456789012.dkr.ecr.us-west-2.amazonaws.com/shop/web:1.0.0",
  resources: { requests: { cpu: "100m", memory: "128Mi" } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};

const restrictedPod = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
};

/** Any object; `rest` may say more of its metadata. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  rest: { readonly metadata?: object; readonly [field: string]: unknown } = {},
  namespace?: string,
): KubernetesObject {
  return toObject({ apiVersion, kind, ...rest, metadata: { name, namespace, ...rest.metadata } });
}
