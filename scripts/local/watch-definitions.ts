import { readdirSync, watch } from "node:fs";
import type { FSWatcher } from "node:fs";
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
    if (!isDefinition(path)) return;
    if (changed.size === 0) since = Date.now();
    changed.add(path);
    next.resolve();
  };
  const watched = new Map<string, FSWatcher>();
  for (const folder of definitionFolders) watchFolder({ root, signal, note, watched }, folder);
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

interface Watch {
  readonly root: string;
  readonly signal: AbortSignal;
  readonly note: (path: string) => void;
  readonly watched: Map<string, FSWatcher>;
}

/**
 * Folders are watched, and not files: most editors put a new file in the place of the old one, of which a watch of the
 * old one, like Node's recursive one on Linux, would see nothing further.
 *
 * @param isNew whether it has just come, so that what lies in it is told
 */
function watchFolder(all: Watch, folder: string, isNew = false): void {
  const { root, signal, note, watched } = all;
  if (watched.has(folder)) return;
  const below = entriesOf(join(root, folder));
  if (below === undefined) return;
  const watcher = watch(join(root, folder), { signal }, (event, name) => {
    if (name === null) return;
    const path = `${folder}/${name}`;
    note(path);
    // Something of this name came or went: what is watched may be a folder that is gone.
    if (event === "rename") dropFolder(all, path);
    watchFolder(all, path, true);
  });
  watched.set(
    folder,
    watcher.on("error", () => dropFolder(all, folder)),
  );
  for (const { name, isFolder } of below) {
    if (isFolder) watchFolder(all, `${folder}/${name}`, isNew);
    else if (isNew) note(`${folder}/${name}`);
  }
}

function dropFolder({ watched }: Watch, dropped: string): void {
  for (const [folder, watcher] of watched) {
    if (folder !== dropped && !folder.startsWith(`${dropped}/`)) continue;
    watched.delete(folder);
    watcher.close();
  }
}

/** Undefined for what is no folder, or not there any more. */
function entriesOf(
  path: string,
): readonly { readonly name: string; readonly isFolder: boolean }[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return undefined;
  }
}

/** Code and committed JSON; what editors keep beside a file is neither. */
export function isDefinition(path: string): boolean {
  return /\/[^/.][^/]*\.(?:ts|json)$/.test(path);
}
