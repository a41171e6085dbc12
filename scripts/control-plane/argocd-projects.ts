import { setTimeout as sleep } from "node:timers/promises";
import { text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { patchIfThere } from "../kubernetes/patch-if-there.ts";

const argo = "argoproj.io/v1alpha1";
/** Milliseconds between two looks: Argo CD itself has to hear first that an Application has gone. */
const every = 250;
/**
 * Changes to one project, ten seconds of them: what is still there then is held by something else than Argo CD, or Argo
 * CD does not run, and both take as long as they take.
 */
const mostChanges = 40;

/**
 * Argo CD keeps an AppProject until no Application is in it, but looks again only when the project changes or after
 * its resync period, which are two minutes: what an app's removal would wait for most of the time. Changes each project
 * that is to go as soon as its last Application has gone, until it has gone as well.
 *
 * @returns what ends it
 */
export function releaseProjects(client: KubernetesClient): () => Promise<void> {
  const stopped = new AbortController();
  const following = follow(client, stopped.signal);
  return async () => {
    stopped.abort();
    await following;
  };
}

async function follow(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  const changes = new Map<string, number>();
  while (!signal.aborted) {
    try {
      for await (const { type } of client.watch({ apiVersion: argo, kind: "Application" }, signal)) {
        if (type === "deleted") await release(client, changes, signal);
      }
    } catch {
      // An API server that is being restarted; Argo CD comes to it by itself, only later.
      await pause(signal);
    }
  }
}

/** @param changes how often each project was changed already, by its uid */
async function release(
  client: KubernetesClient,
  changes: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await pause(signal);
    const all = await releasable(client);
    const held = all.filter(({ metadata }) => (changes.get(uidOf(metadata)) ?? 0) < mostChanges);
    if (held.length === 0 || signal.aborted) return;
    for (const { metadata } of held) {
      changes.set(uidOf(metadata), (changes.get(uidOf(metadata)) ?? 0) + 1);
      await touch(client, metadata.name, metadata.namespace ?? "");
    }
  }
}

function uidOf(metadata: KubernetesObject["metadata"]): string {
  return text(metadata, "uid") ?? metadata.name;
}

async function releasable(client: KubernetesClient): Promise<readonly KubernetesObject[]> {
  const [projects, applications] = await Promise.all([
    client.list({ apiVersion: argo, kind: "AppProject" }),
    client.list({ apiVersion: argo, kind: "Application" }),
  ]);
  const used = new Set(applications.map((object) => text(object, "spec", "project")));
  return projects.filter(
    ({ metadata }) => text(metadata, "deletionTimestamp") !== undefined && !used.has(metadata.name),
  );
}

async function touch(client: KubernetesClient, name: string, namespace: string): Promise<void> {
  const annotations = { "slipway.dev/looked-at": new Date().toISOString() };
  const project = { apiVersion: argo, kind: "AppProject", name, namespace };
  await patchIfThere(client, project, { metadata: { annotations } });
}

function pause(signal: AbortSignal): Promise<void> {
  return sleep(every, undefined, { signal }).catch(() => undefined);
}
