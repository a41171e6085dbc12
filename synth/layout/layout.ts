import type { AwsStack, StackKind } from "../aws/stack.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import { stageFolder } from "../reconciler/paths.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { plain } from "../objects/plain.ts";
import { toYaml } from "../objects/yaml.ts";
import { ownershipLine } from "../model/ownership.ts";
import type { FrozenSlice } from "../release/frozen-slice.ts";
import type { Slice } from "../resolve/slice.ts";
import type { FileSpec } from "./file-spec.ts";
import { inReadingOrder } from "./reading-order.ts";

/** Files of a slice: one for each object, named after it. */
export function sliceFiles(cluster: string, { slice, objects }: RenderedSlice): readonly FileSpec[] {
  if (slice.frozen) return frozenFiles(cluster, slice, slice.frozen);
  const { definition } = slice;
  return objects
    .filter(({ isFrozen }) => isFrozen !== true)
    .map(({ object, stage }) => {
      const owner = slice.claimants?.get(namespaceOf(object)) ?? slice.owner;
      return {
        path: `${stageFolder(cluster, slice, stage)}/${fileName(object, slice.namespace)}`,
        content: fileContent(object, owner, definition),
        cluster,
        owner,
        definition,
        object,
      };
    });
}

/** The namespace that an object is, or is in. */
function namespaceOf({ kind, metadata }: KubernetesObject): string {
  return kind === "Namespace" ? metadata.name : (metadata.namespace ?? "");
}

/** Byte for byte as they are: the reconciler's objects for it, and its namespaces, among them. */
function frozenFiles(
  cluster: string,
  { owner, definition }: Slice,
  { files }: FrozenSlice,
): readonly FileSpec[] {
  return files.map(({ path, content, object }) => ({
    path,
    content,
    cluster,
    owner,
    definition,
    ...(object && { object }),
  }));
}

/** Values of the chart that a person installs before anything reconciles. */
export function bootstrapValues(cluster: string, { slice }: RenderedSlice): readonly FileSpec[] {
  const { chart, owner, definition, frozen } = slice;
  if (frozen || chart?.installedFirst !== true) return [];
  return [
    {
      path: `${cluster}/bootstrap/values/${owner}.yaml`,
      content: `${ownershipLine(owner, definition)}\n# ${chart.name} ${chart.version} from ${chart.repository}\n${toYaml(plain(chart.values))}`,
      cluster,
      owner,
      definition,
    },
  ];
}

/** Files of the reconciler's own objects. */
export function deliveryFiles(cluster: string, objects: readonly DeliveryObject[]): readonly FileSpec[] {
  return objects.map(({ folder, object, owner, definition }) => ({
    // Accounts have a role of the same name in each namespace.
    path: `${cluster}/${folder}/${fileName(object, folder === "access" ? "" : undefined)}`,
    content: fileContent(object, owner, definition),
    cluster,
    owner,
    definition,
    object,
  }));
}

/** CloudFormation templates, one for each stack: `<cluster>/aws/<kind>.yaml`. */
export function stackFiles(
  { view, definition }: ResolvedCluster,
  stacks: readonly AwsStack[],
): readonly FileSpec[] {
  return stacks.map(({ kind, name, text }) => ({
    path: stackPath(view.name, kind),
    content: `${ownershipLine(name, definition)}\n${text}`,
    cluster: view.name,
    owner: name,
    definition,
  }));
}

/** Path of a stack's template, from the dist root. */
export function stackPath(cluster: string, kind: StackKind): string {
  return `${cluster}/aws/${kind}.yaml`;
}

/** `<Kind>.<name>.yaml`; with the namespace before the name where it is not the folder's own. */
function fileName(object: KubernetesObject, home: string | undefined): string {
  const { name, namespace } = object.metadata;
  const elsewhere = namespace !== undefined && home !== undefined && namespace !== home;
  // A colon is legal in the names of roles, and not in those of files everywhere.
  const parts = [object.kind, ...(elsewhere ? [namespace] : []), name.replaceAll(":", "_")];
  return `${parts.join(".")}.yaml`;
}

function fileContent(object: KubernetesObject, owner: string, definition: string): string {
  return `${ownershipLine(owner, definition)}\n${toYaml(inReadingOrder(plain(object)))}`;
}
