import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { newClusterWorld } from "./harness/cluster-world.ts";
import type { ClusterWorld } from "./harness/cluster-world.ts";
import { whyNoCluster } from "./harness/live-cluster.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { pythonOrNone } from "./harness/world.ts";

const python = await pythonOrNone("kill.test.ts");
const missing = whyNoCluster(cluster);
if (missing !== undefined) console.warn(`skipped kill.test.ts: ${missing}`);

/** How often it is killed before it may end. */
const kills = 5;

/** Longest that it lives before a kill, in milliseconds: into the stacks, or, when those are there, well behind them. */
const longestLife = 40_000;

describe.skipIf(python === undefined || missing !== undefined)("deploy-all, killed at random points", () => {
  let world: ClusterWorld;

  beforeAll(async () => {
    if (python !== undefined) world = await newClusterWorld(python, cluster);
  });

  const options = () => [
    "aws",
    "deploy-all",
    cluster.name,
    "--yes",
    "--push",
    "--no-smoke-checks",
    "--wait",
    "5",
    "--kubeconfig",
    world.live.plane.kubeconfig,
  ];

  /** Starts it, and kills it after a while. Returns how long it lived, and the last that it said. */
  async function runAndKill(milliseconds: number): Promise<string> {
    const child = spawn(process.execPath, [join(world.clone.root, "scripts/cli.ts"), ...options()], {
      env: { ...process.env, ...world.account.env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let last = "";
    child.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => (last = text.trim().split("\n").at(-1) ?? last));
    const gone = once(child, "exit");
    await Promise.race([sleep(milliseconds), gone]);
    child.kill("SIGKILL");
    await gone;
    return `${Math.round(milliseconds / 1000)} s: ${last}`;
  }

  test(
    "arrives at published records all the same, and then has nothing to do",
    { timeout: 1_800_000 },
    async () => {
      world.allowLoadBalancers();
      const stop = world.hands.work();
      const lives: string[] = [];
      for (let count = 0; count < kills; count += 1)
        lives.push(await runAndKill(Math.random() * longestLife));
      const arrived = await world.run(options());
      const again = await world.run(options());
      await stop();
      const story = [...lives, arrived.stderr].join("\n");
      expect(arrived.status, story).toBe(0);
      expect(again.stdout, story + again.stderr).toBe("attractor-factory: unchanged\n");
      expect(world.clone.git("status", "--porcelain")).toBe("");
      const stacks: unknown = await world.account.aws("cloudformation", "describe-stacks");
      const statuses = [...JSON.stringify(stacks).matchAll(/"StackStatus":"(\w+)"/g)].map(
        ([, status]) => status,
      );
      expect(new Set(statuses), story).toEqual(new Set(["CREATE_COMPLETE"]));
    },
  );
});
