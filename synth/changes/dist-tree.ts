import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import { isReadable, readDistObject } from "./dist-object.ts";
import type { DistObject, Unreadable } from "./dist-object.ts";

/** Content of dist's files at one revision, by path below dist. */
export type DistFiles = ReadonlyMap<string, string>;

/** One revision of dist. A file is parsed when somebody asks for it, once. */
export class DistTree {
  readonly files: DistFiles;
  readonly #read = new Map<string, DistObject | Unreadable>();
  readonly #paths: ReadonlyMap<string, readonly string[]>;
  readonly #sibling: DistTree | undefined;

  /** @param sibling another revision: a file that it has with the same content is not parsed again */
  constructor(files: DistFiles, sibling?: DistTree) {
    this.files = files;
    this.#sibling = sibling;
    this.#paths = Map.groupBy(files.keys(), clusterOf);
  }

  clusters(): readonly string[] {
    return [...this.#paths.keys()].toSorted();
  }

  pathsOf(cluster: string): readonly string[] {
    return this.#paths.get(cluster) ?? [];
  }

  /** What a file holds; undefined where there is none. */
  read(path: string): DistObject | Unreadable | undefined {
    const content = this.files.get(path);
    if (content === undefined) return undefined;
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const isShared = this.#sibling?.files.get(path) === content;
    const read = (isShared ? this.#sibling?.read(path) : undefined) ?? readDistObject(path, content);
    this.#read.set(path, read);
    return read;
  }

  /** Objects of a cluster of these kinds, whatever version; all without kinds. Layout names files after kinds. */
  objects(cluster: string, ...kinds: readonly GroupKind[]): readonly DistObject[] {
    const prefixes = kinds.map((kind) => `${kind.slice(kind.indexOf("/") + 1)}.`);
    return this.pathsOf(cluster).flatMap((path) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      if (kinds.length > 0 && !prefixes.some((prefix) => name.startsWith(prefix))) return [];
      const read = this.read(path);
      if (read === undefined || !isReadable(read)) return [];
      return kinds.length === 0 || kinds.includes(groupKindOf(read.object)) ? [read] : [];
    });
  }
}

function clusterOf(path: string): string {
  const slash = path.indexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}
