import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";
import type { Ran } from "../process/run-program.ts";
import { runGuarded } from "../process/run-guarded.ts";
import { fullName } from "../mock-workload/full-name.ts";
import { findTool } from "../tools/find.ts";
import { findEngine } from "./engine.ts";
import type { Engine, EngineName } from "./engine.ts";

/** The pinned kind, on the engine that answers. */
export interface Kind {
  readonly engine: EngineName;
  /** Names of the clusters that there are, also of those that were cut off while they were made. */
  readonly clusters: () => Promise<readonly string[]>;
  /** Makes a cluster, and writes its kubeconfig last. */
  readonly create: (configuration: string, kubeconfig: string) => Promise<void>;
  readonly load: (name: string, images: readonly string[]) => Promise<void>;
  readonly delete: (name: string, kubeconfig: string) => Promise<void>;
}

/** Milliseconds: pulling a node image of 400 MB on a slow line takes longest. */
const longestCreate = 20 * 60_000;
const longestLoad = 10 * 60_000;

/** @throws ProblemsError where there is no container engine, or no kind and no Go to build it with */
export async function findKind(environment: NodeJS.ProcessEnv = process.env): Promise<Kind> {
  // What kind cannot do without is asked for before it is built.
  const engine = await findEngine(environment);
  const program = await findTool("kind");
  const run = (args: readonly string[], milliseconds?: number): Promise<Ran> =>
    runProgram(program, args, {
      env: engine.environment,
      ...(milliseconds !== undefined && { milliseconds }),
    });
  return {
    engine: engine.name,
    clusters: async () => {
      const { stdout } = must("list its clusters", await run(["get", "clusters"]));
      return stdout.split("\n").filter((name) => name !== "");
    },
    create: async (configuration, kubeconfig) => {
      const args = ["create", "cluster", "--config", configuration, "--kubeconfig", kubeconfig];
      // It drives the engine's client, which must not go on after us.
      const options = { cwd: process.cwd(), env: engine.environment, milliseconds: longestCreate };
      must("make the cluster", await runGuarded(program, [...args, "--wait", "3m"], options));
    },
    load: async (name, images) => {
      if (images.length === 0) return;
      await loadFrom(engine, name, images, (args) => run(args, longestLoad));
    },
    delete: async (name, kubeconfig) => {
      must(
        "delete the cluster",
        await run(["delete", "cluster", "--name", name, "--kubeconfig", kubeconfig]),
      );
    },
  };
}

/** kind takes images from docker itself; podman's come by a file, under the names that pods ask for them by. */
async function loadFrom(
  engine: Engine,
  cluster: string,
  images: readonly string[],
  run: (args: readonly string[]) => Promise<Ran>,
): Promise<void> {
  if (engine.name === "docker") {
    must("load images", await run(["load", "docker-image", "--name", cluster, ...images]));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "slipway-images-"));
  try {
    const archive = join(folder, "images.tar");
    const save = ["save", "--multi-image-archive", "--output", archive, ...images.map(fullName)];
    must(
      "save the images",
      await runProgram(engine.name, save, { env: engine.environment, milliseconds: longestLoad }),
      engine.name,
    );
    must("load images", await run(["load", "image-archive", "--name", cluster, archive]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function must<Result extends { readonly ok: boolean; readonly reason: string }>(
  what: string,
  ran: Result,
  who = "kind",
): Result {
  if (ran.ok) return ran;
  throw new ProblemsError([
    {
      rule: "kind",
      at: { definition: "docs/kind.md" },
      what: `${who} does not ${what}: ${ran.reason.replace(/^ERROR: /, "")}`,
      fix: "mend what it says and run the command again, which begins anew where it was cut off",
    },
  ]);
}
