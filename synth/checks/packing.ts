import type { NodeRoom } from "./allocatable.ts";
import type { Demand } from "./requests.ts";

/** Pods alike, to be placed together. P: what they are pods of. */
export interface PodSet<P> {
  readonly of: P;
  readonly count: number;
  readonly demand: Demand;
  /** Names of the node groups they may run on. */
  readonly groups: readonly string[];
  /** Whether no two of them may share a node. */
  readonly apart: boolean;
}

/** Nodes alike. */
interface NodeSet {
  readonly group: string;
  readonly count: number;
  readonly room: NodeRoom;
}

interface Node {
  readonly group: string;
  cpu: number;
  memory: number;
  pods: number;
  readonly has: Set<unknown>;
}

/** A rounding error is not a shortage: a millionth of a core, a byte. */
const slack = { cpu: 1e-6, memory: 1 };

/**
 * How many pods of each set find no node; sets that fit altogether are left out. Pods of the fewest groups choose
 * first, among these the largest, each the first node with room. What it places does fit. It does not look for the
 * best packing, so that on nearly full nodes it may count pods that another order would place.
 */
export function leftOver<P>(
  pods: readonly PodSet<P>[],
  nodeSets: readonly NodeSet[],
): ReadonlyMap<P, number> {
  const nodes = nodeSets.flatMap(({ group, count, room }) =>
    Array.from({ length: count }, (): Node => ({ group, ...room, has: new Set() })),
  );
  const [largest = { cpu: 1, memory: 1 }] = nodeSets.map(({ room }) => room);
  const size = ({ cpu, memory }: Demand): number => Math.max(cpu / largest.cpu, memory / largest.memory);
  const without = new Map<P, number>();
  // Those that can run in few places choose before those that can run anywhere.
  const ordered = pods.toSorted(
    (a, b) => a.groups.length - b.groups.length || size(b.demand) - size(a.demand),
  );
  for (const set of ordered) {
    for (let placed = 0; placed < set.count; placed += 1) {
      const node = nodes.find((candidate) => fits(set, candidate));
      if (node === undefined) {
        without.set(set.of, set.count - placed);
        break;
      }
      node.cpu -= set.demand.cpu;
      node.memory -= set.demand.memory;
      node.pods -= 1;
      node.has.add(set.of);
    }
  }
  return without;
}

function fits<P>({ of, demand, groups, apart }: PodSet<P>, node: Node): boolean {
  return (
    groups.includes(node.group) &&
    node.pods >= 1 &&
    node.cpu + slack.cpu >= demand.cpu &&
    node.memory + slack.memory >= demand.memory &&
    !(apart && node.has.has(of))
  );
}
