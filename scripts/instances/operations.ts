import { setTimeout as sleep } from "node:timers/promises";
import { list, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { instanceKind, isIdle, readInstance, timestamp } from "./user-instance.ts";
import type { UserInstance } from "./user-instance.ts";

/** Users' instances of one namespace. */
export interface Place {
  readonly client: KubernetesClient;
  readonly namespace: string;
}

export interface InstanceWish {
  readonly size?: string;
  readonly gpu?: boolean;
  readonly idleMinutes?: number;
}

/** What became of an instance that was idle: one whose user came back, or that somebody changed meanwhile, is spared. */
export interface Reaped {
  readonly user: string;
  readonly outcome: "reaped" | "spared" | "would be reaped";
}

/** All of them, by user. */
export async function listInstances(place: Place): Promise<readonly UserInstance[]> {
  return (await objects(place)).map(readInstance).toSorted((a, b) => (a.user < b.user ? -1 : 1));
}

/** @throws KubernetesError where admission or the quota refuses it, or the user has one already */
export async function createInstance(
  { client, namespace }: Place,
  user: string,
  wish: InstanceWish,
): Promise<UserInstance> {
  const { size, gpu, idleMinutes } = wish;
  const spec = {
    user,
    ...(size !== undefined && { size }),
    ...(gpu !== undefined && { gpu }),
    ...(idleMinutes !== undefined && { idleMinutes }),
  };
  return readInstance(await client.create({ ...instanceKind, metadata: { name: user, namespace }, spec }));
}

/** The instance once it is Ready; undefined if it is not within so many seconds, or gone. */
export async function whenReady(
  { client, namespace }: Place,
  user: string,
  seconds: number,
): Promise<UserInstance | undefined> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(500)) {
    const found = await client.get({ ...instanceKind, name: user, namespace });
    if (found === undefined) return undefined;
    const ready = list(found, "status", "conditions").find((each) => text(each, "type") === "Ready");
    if (text(ready, "status") === "True") return readInstance(found);
  }
  return undefined;
}

/** False if there was none. */
export function deleteInstance({ client, namespace }: Place, user: string): Promise<boolean> {
  return client.delete({ ...instanceKind, name: user, namespace });
}

/** Says that a user was seen now. */
export async function touchInstance({ client, namespace }: Place, user: string): Promise<UserInstance> {
  const lastActivity = timestamp(Date.now());
  const patched = await client.mergePatch(
    { ...instanceKind, name: user, namespace },
    { spec: { lastActivity } },
  );
  return readInstance(patched);
}

/**
 * Deletes those that are idle, as they were seen or not at all.
 *
 * @param now milliseconds; default: this machine's clock
 */
export async function reapInstances(
  place: Place,
  dryRun: boolean,
  now = Date.now(),
): Promise<readonly Reaped[]> {
  const idle = (await objects(place)).filter((object) => isIdle(readInstance(object), now));
  const reaped: Reaped[] = [];
  for (const object of idle) {
    const { user } = readInstance(object);
    reaped.push({ user, outcome: dryRun ? "would be reaped" : await reap(place, object) });
  }
  return reaped;
}

async function reap({ client }: Place, object: KubernetesObject): Promise<Reaped["outcome"]> {
  try {
    return (await client.deleteSeen(object)) ? "reaped" : "spared";
  } catch (error) {
    if (error instanceof KubernetesError && error.reason === "Conflict") return "spared";
    throw error;
  }
}

function objects({ client, namespace }: Place): Promise<readonly KubernetesObject[]> {
  return client.list({ ...instanceKind, namespace });
}
