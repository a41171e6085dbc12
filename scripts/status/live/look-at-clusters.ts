import { setTimeout as wait } from "node:timers/promises";
import { ProblemsError } from "../../../synth/model/problem.ts";
import { look } from "../../dashboard/look.ts";
import type { Part } from "../../dashboard/model.ts";
import { connectKubernetes } from "../../kubernetes/connect.ts";
import { messageOf } from "../../output/message-of.ts";
import type { KnownCluster } from "./known-clusters.ts";

/** What a cluster of the fleet makes of its part of dist, or why nobody knows. */
export interface LiveCluster {
  readonly cluster: string;
  readonly reachable: boolean;
  /** Why it is not reachable; null where it is. */
  readonly why: string | null;
  readonly parts: readonly Part[];
}

/** Milliseconds for a cluster to answer. One that is switched off says nothing, and the others are waited for as well. */
const patience = 15_000;

/**
 * Looks at all of them at once.
 *
 * @param names clusters of the fleet; one that nobody knows a way to is not reachable
 * @throws ProblemsError if there is a way to none
 */
export async function lookAtClusters(
  names: readonly string[],
  known: readonly KnownCluster[],
): Promise<readonly LiveCluster[]> {
  if (known.length === 0) throw nowhere(names);
  return Promise.all(
    names.map(async (cluster) => {
      const way = known.find((each) => each.cluster === cluster);
      return way === undefined ? unreached(cluster, "kubectl has no context of its name") : lookAt(way);
    }),
  );
}

async function lookAt({ cluster, kubeconfig, context }: KnownCluster): Promise<LiveCluster> {
  const ended = new AbortController();
  try {
    const client = await connectKubernetes(kubeconfig, context);
    try {
      const late = wait(patience, undefined, { signal: ended.signal }).then(() => {
        throw new Error(`it does not answer within ${patience / 1000} s`);
      });
      const board = await Promise.race([look(client), late]);
      return { cluster, reachable: true, why: null, parts: board.parts() };
    } finally {
      ended.abort();
      client.close();
    }
  } catch (error) {
    // Whatever is wrong on the way to one cluster, such as a login that is over, is no reason not to tell of the others.
    return unreached(cluster, messageOf(error));
  }
}

function unreached(cluster: string, why: string): LiveCluster {
  return { cluster, reachable: false, why, parts: [] };
}

function nowhere(names: readonly string[]): ProblemsError {
  return new ProblemsError([
    {
      rule: "cluster-unreachable",
      at: { definition: "command line" },
      what: `no cluster of the fleet was started here, and no context of kubectl is named after one: ${names.join(", ")}`,
      fix: "aws eks update-kubeconfig --name <cluster>, or npm run slipway -- cluster up; any other: --kubeconfig",
    },
  ]);
}
