import { setTimeout as sleep } from "node:timers/promises";
import { field, text } from "../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { patchIfThere } from "../kubernetes/patch-if-there.ts";

const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;
const refresh = "argocd.argoproj.io/refresh";
/** Milliseconds between two looks whether Argo CD has done what it was asked before. */
const every = 100;
/** Milliseconds after which it is asked again all the same: it may not be working at all. */
const patience = 30_000;
/** Milliseconds: no try waits as long as that for the next. */
const longestWait = 24 * 3_600_000;

/**
 * Has Argo CD compare every Application with what its sources hold now, as `argocd app get --refresh` does, and syncs
 * that have failed tried again at once with that, for which they would wait for minutes. They are not ended: Argo CD
 * syncs nothing anew where the commit before was synced, was left halfway for another, and is what there is again.
 */
export async function refreshApplications(client: KubernetesClient): Promise<void> {
  const all = await client.list(application);
  await Promise.all(all.map((object) => refreshOne(client, object)));
}

async function refreshOne(client: KubernetesClient, object: KubernetesObject): Promise<void> {
  await untilAnswered(client, object);
  await requestRefresh(client, object);
  if (!waitsForRetry(object)) return;
  // Only then does it know the new commit.
  await untilAnswered(client, object);
  const finishedAt = new Date(Date.now() - longestWait).toISOString().replace(/\.\d+/, "");
  await patch(client, object, { status: { operationState: { finishedAt } } });
}

/** Has Argo CD compare one Application with what its sources hold now. Nothing happens where it has gone meanwhile. */
export async function requestRefresh(client: KubernetesClient, object: KubernetesObject): Promise<void> {
  await patch(client, object, { metadata: { annotations: { [refresh]: "normal" } } });
}

/** A sync that has failed and is going to be tried again: one that runs has not finished. */
function waitsForRetry(object: KubernetesObject): boolean {
  const operation = field(object, "status", "operationState");
  return text(operation, "phase") === "Running" && field(operation, "finishedAt") !== undefined;
}

/** An earlier request that is still there may be answered with what the sources held before, and ours with it. */
async function untilAnswered(client: KubernetesClient, { metadata }: KubernetesObject): Promise<void> {
  const { name, namespace = "" } = metadata;
  for (const end = Date.now() + patience; Date.now() < end; await sleep(every)) {
    const now = await client.get({ ...application, name, namespace });
    if (now?.metadata.annotations?.[refresh] === undefined) return;
  }
}

async function patch(client: KubernetesClient, { metadata }: KubernetesObject, change: Json): Promise<void> {
  const { name, namespace = "" } = metadata;
  await patchIfThere(client, { ...application, name, namespace }, change);
}
