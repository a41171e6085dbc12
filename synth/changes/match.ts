import { groupKindOf } from "../objects/group-kind.ts";
import { isReadable } from "./dist-object.ts";
import type { DistObject, Unreadable } from "./dist-object.ts";
import type { DistTree } from "./dist-tree.ts";

/** An object as the base has it and as the head has it. */
export interface Pair {
  readonly before: DistObject | undefined;
  readonly after: DistObject | undefined;
}

/** A file of one side that is no object. */
export interface UnreadableFile extends Unreadable {
  readonly side: "base" | "head";
}

export interface Matched {
  readonly pairs: readonly Pair[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Pairs up what the files that differ hold, whatever their paths; only these files are parsed. */
export function matchTrees(base: DistTree, head: DistTree): Matched {
  const paths = [...new Set([...base.files.keys(), ...head.files.keys()])]
    .filter((path) => base.files.get(path) !== head.files.get(path))
    .toSorted();
  const [before, after] = [readAll(base, paths), readAll(head, paths)];
  const identities = new Set([...before.keys(), ...after.keys()]);
  const pairs = [...identities].flatMap((identity) =>
    pairUp(before.get(identity) ?? [], after.get(identity) ?? []),
  );
  return {
    pairs: withReplacements(pairs),
    unreadable: [...unreadableIn(base, paths, "base"), ...unreadableIn(head, paths, "head")],
  };
}

function readAll(tree: DistTree, paths: readonly string[]): ReadonlyMap<string, readonly DistObject[]> {
  const objects = paths.flatMap((path) => {
    const read = tree.read(path);
    return read !== undefined && isReadable(read) ? [read] : [];
  });
  return Map.groupBy(objects, (object) => identityOf(object, object.object.metadata.name));
}

function unreadableIn(
  tree: DistTree,
  paths: readonly string[],
  side: "base" | "head",
): readonly UnreadableFile[] {
  return paths.flatMap((path) => {
    const read = tree.read(path);
    return read === undefined || isReadable(read) ? [] : [{ ...read, side }];
  });
}

function identityOf({ cluster, object }: DistObject, name: string): string {
  return `${cluster} ${groupKindOf(object)} ${object.metadata.namespace ?? ""}/${name}`;
}

/** Two files of one object are refused by a check, and may lie in a branch all the same: each is paired with its own. */
function pairUp(before: readonly DistObject[], after: readonly DistObject[]): readonly Pair[] {
  const left = [...before];
  const pairs = after.map((object): Pair => {
    const own = left.findIndex(({ path }) => path === object.path);
    const [match] = left.splice(Math.max(own, 0), 1);
    return { before: match, after: object };
  });
  return [...pairs, ...left.map((object): Pair => ({ before: object, after: undefined }))];
}

/** Kinds that Slipway names by content: another name is the next run, or the next version. */
const namedByDigest: ReadonlySet<string> = new Set(["batch/Job", "/ConfigMap"]);

/** The name without the digest at its end. */
export function stemOf({ object }: DistObject): string {
  const { name } = object.metadata;
  return namedByDigest.has(groupKindOf(object)) ? name.replace(/-[0-9a-f]{10}$/, "") : name;
}

/** A Job that goes and one of the same stem that comes are one Job that is replaced. */
function withReplacements(pairs: readonly Pair[]): readonly Pair[] {
  const come = pairs.flatMap(({ before, after }) =>
    before === undefined && after !== undefined ? [after] : [],
  );
  const byStem = Map.groupBy(come.filter(hasDigest), (object) => identityOf(object, stemOf(object)));
  const taken = new Set<DistObject>();
  const replaced = pairs.map((pair): Pair => {
    const { before, after } = pair;
    if (after !== undefined || before === undefined || !hasDigest(before)) return pair;
    const next = byStem.get(identityOf(before, stemOf(before)))?.find((candidate) => !taken.has(candidate));
    if (next === undefined) return pair;
    taken.add(next);
    return { before, after: next };
  });
  return replaced.filter(
    ({ before, after }) => before !== undefined || after === undefined || !taken.has(after),
  );
}

function hasDigest(object: DistObject): boolean {
  return stemOf(object) !== object.object.metadata.name;
}
