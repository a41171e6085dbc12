import type { Problem } from "../../../synth/model/problem.ts";
import { number, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { ObjectReference } from "../../kubernetes/client.ts";
import { patienceFor } from "../limits.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { complain, counted } from "./outcome.ts";
import { byUid, rootOwner } from "./owners.ts";
import { pods } from "./pods.ts";

/** A workload that something scales, and how far. */
interface Scaled {
  readonly scaler: KubernetesObject;
  readonly target: ObjectReference;
  readonly most: number;
  /** Replicas as they were. */
  readonly now: number;
}

/** Scales nodes and every autoscaler's target to their most, for real; says how many pods find no node; and scales back. */
export async function atMost(
  site: Site,
): Promise<{ readonly summary: string; readonly problems: readonly Problem[] }> {
  const { client, recorder, cluster } = site;
  const scaled = scaledWorkloads(site);
  if (scaled.length === 0) return { summary: "nothing here scales", problems: [] };
  for (const { name, max } of cluster.nodeGroups) await site.scaleNodeGroup(name, max);
  for (const { target, most } of scaled) await client.scale(target, most);
  const state = () => scaled.map((each) => ({ ...each, ...countsOf(site, each) }));
  await recorder.until(
    () => (state().every(({ scheduled, refused, most }) => scheduled + refused >= most) ? true : undefined),
    patienceFor("scale"),
  );
  const end = state();
  for (const { target, now } of scaled) await client.scale(target, now);
  for (const { name, min } of cluster.nodeGroups) await site.scaleNodeGroup(name, min);
  const definitionOf = definitionsOf(site, manifestsOf(site));
  const total = end.reduce((sum, { most }) => sum + most, 0);
  return {
    summary: `${counted(scaled.length, "autoscaler")} at their most, ${counted(total, "pod")}, fit`,
    problems: end
      .filter(({ scheduled, most }) => scheduled < most)
      .map(({ scaler, target, scheduled, most, reason }) =>
        complain("scheduling", site, {
          object: scaler,
          definition: definitionOf(scaler),
          what: `at its most, ${most - scheduled} of ${most} pods of ${target.kind}/${target.name} find no node: ${reason}`,
          fix: `raise max of a node group in clusters/${cluster.name}.ts, or lower maxReplicas or requests`,
        }),
      ),
  };
}

function scaledWorkloads({ recorder }: Site): readonly Scaled[] {
  return [...recorder.live()].flatMap((scaler) => {
    const most = maximumOf(scaler);
    const { namespace } = scaler.metadata;
    const kind = text(scaler, "spec", "scaleTargetRef", "kind") ?? "Deployment";
    const name = text(scaler, "spec", "scaleTargetRef", "name");
    const apiVersion = text(scaler, "spec", "scaleTargetRef", "apiVersion") ?? "apps/v1";
    if (most === undefined || name === undefined || namespace === undefined) return [];
    const target = { apiVersion, kind, name, namespace };
    const workload = recorder.get(
      `${apiVersion.slice(0, apiVersion.indexOf("/"))}/${kind} ${namespace}/${name}`,
    );
    return workload === undefined
      ? []
      : [{ scaler, target, most, now: number(workload, "spec", "replicas") ?? 1 }];
  });
}

/** KEDA makes an HPA of a ScaledObject: only one of both is asked. */
function maximumOf(object: KubernetesObject): number | undefined {
  if (object.kind === "HorizontalPodAutoscaler") return number(object, "spec", "maxReplicas");
  return object.kind === "ScaledObject" ? (number(object, "spec", "maxReplicaCount") ?? 100) : undefined;
}

function countsOf({ recorder }: Site, { target }: Scaled) {
  const objects = byUid(recorder.live());
  const own = pods(objects.values()).filter(({ object }) => {
    const { kind, metadata } = rootOwner(object, objects);
    return kind === target.kind && metadata.name === target.name && metadata.namespace === target.namespace;
  });
  const reasons = own.filter(({ node }) => node === undefined).flatMap(({ reason }) => reason ?? []);
  return {
    scheduled: own.filter(({ node }) => node !== undefined).length,
    /** Pods that the scheduler has looked at in vain. */
    refused: reasons.length,
    reason: reasons[0] ?? `only ${own.length} were made, or the scheduler has not looked at them yet`,
  };
}
