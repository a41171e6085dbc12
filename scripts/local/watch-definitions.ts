import { watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Folders that a cluster is rendered from. */
export const definitionFolders = ["apps", "clusters", "platform", "synth"] as const;

/** Milliseconds without a further write: editors and git write several files, and some write each twice. */
const quiet = 150;

/** Files that were saved together. */
export interface Saved {
  readonly paths: readonly [string, ...string[]];
  /** When the first of them was, in milliseconds since 1970. */
  readonly since: number;
}

/** Definitions that are saved, in batches: each is what was written until nothing more was. Ends with the signal. */
export async function* watchDefinitions(root: string, signal: AbortSignal): AsyncGenerator<Saved> {
  const changed = new Set<string>();
  let since = 0;
  let next = Promise.withResolvers<void>();
  const note = (path: string): void => {
    if (changed.size === 0) since = Date.now();
    changed.add(path);
    next.resolve();
  };
  for (const folder of definitionFolders) {
    watch(join(root, folder), { recursive: true, signal }, (_event, name) => {
      const path = `${folder}/${(name ?? "").replaceAll("\\", "/")}`;
      if (isDefinition(path)) note(path);
    }).on("error", () => undefined);
  }
  signal.addEventListener("abort", () => next.resolve());
  for (;;) {
    await next.promise;
    for (let seen = -1; seen !== changed.size && !signal.aborted;) {
      seen = changed.size;
      await sleep(quiet);
    }
    if (signal.aborted) return;
    const [first, ...others] = [...changed].toSorted();
    changed.clear();
    next = Promise.withResolvers<void>();
    if (first !== undefined) yield { paths: [first, ...others], since };
  }
}

/** Code and committed JSON; what editors keep beside a file is neither. */
export function isDefinition(path: string): boolean {
  return /\/[^/.][^/]*\.(?:ts|json)$/.test(path);
}
