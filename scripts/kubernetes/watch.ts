import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { field, number, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import { KubernetesError } from "./client.ts";
import type { WatchEvent } from "./client.ts";
import type { Connection } from "./connection.ts";

export interface Listed {
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

interface Watched {
  readonly connection: Connection;
  /** What there is now; undefined where the kind is not served yet. */
  readonly list: () => Promise<Listed | undefined>;
  /** Path of a watch from this version on. */
  readonly pathFrom: (resourceVersion: string) => Promise<string>;
  readonly signal: AbortSignal;
}

/** Milliseconds before a connection that broke is tried again. */
const pause = 250;

/** Follows objects over broken connections, restarts and expired versions: see `KubernetesClient.watch`. */
export async function* follow({ connection, list, pathFrom, signal }: Watched): AsyncGenerator<WatchEvent> {
  const known = new Map<string, KubernetesObject>();
  let from: string | undefined;
  while (!signal.aborted) {
    try {
      if (from === undefined) {
        const listed = await list();
        if (listed === undefined) {
          await rest(signal);
          continue;
        }
        yield* catchUp(known, listed.objects);
        from = listed.resourceVersion;
      }
      const body = await connection.open({ path: await pathFrom(from), signal });
      for await (const line of linesOf(body)) {
        const { event, version } = read(line, known);
        if (event !== undefined) yield event;
        from = version;
        if (from === undefined) break;
      }
      // Ended by the server, as every watch is some time, or broken.
      body.destroy();
    } catch (error) {
      if (signal.aborted) return;
      if (!isPassing(error)) throw error;
      if (error instanceof KubernetesError && error.status >= 400) from = undefined;
      await rest(signal);
    }
  }
}

async function* linesOf(body: IncomingMessage): AsyncGenerator<string> {
  body.setEncoding("utf8");
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** Said of a version that is too old, of an API server that starts, and of a kind that is not served at the moment. */
function isPassing(error: unknown): boolean {
  if (error instanceof KubernetesError) return [0, 404, 410, 429, 500, 503, 504].includes(error.status);
  // A body that breaks off.
  return error instanceof Error && "code" in error;
}

async function rest(signal: AbortSignal): Promise<void> {
  await sleep(pause, undefined, { signal }).catch(() => undefined);
}

/** What must have happened since these were known. */
function* catchUp(
  known: Map<string, KubernetesObject>,
  objects: readonly KubernetesObject[],
): Generator<WatchEvent> {
  const now = new Map(objects.map((object) => [keyOf(object), object]));
  for (const [key, object] of known) {
    if (now.has(key)) continue;
    known.delete(key);
    yield { type: "deleted", object };
  }
  for (const [key, object] of now) {
    const before = known.get(key);
    known.set(key, object);
    if (before === undefined) yield { type: "added", object };
    else if (versionOf(before) !== versionOf(object)) yield { type: "modified", object };
  }
}

/** One line of a watch. No version: what is watched from is too old, and everything has to be listed again. */
function read(
  line: string,
  known: Map<string, KubernetesObject>,
): { readonly event?: WatchEvent; readonly version?: string } {
  const said: unknown = JSON.parse(line);
  const type = text(said, "type");
  const object = field(said, "object");
  if (type === "BOOKMARK") return { version: text(object, "metadata", "resourceVersion") ?? "" };
  if (!isKubernetesObject(object)) {
    if (type === "ERROR" && number(object, "code") !== 410) {
      throw new KubernetesError(text(object, "message") ?? line, 500, text(object, "reason") ?? "");
    }
    return {};
  }
  const key = keyOf(object);
  const before = known.get(key);
  const version = versionOf(object);
  if (type === "DELETED") {
    known.delete(key);
    return { event: { type: "deleted", object }, version };
  }
  known.set(key, object);
  return { event: { type: before === undefined ? "added" : "modified", object }, version };
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

function versionOf(object: KubernetesObject): string {
  return text(object, "metadata", "resourceVersion") ?? "";
}
