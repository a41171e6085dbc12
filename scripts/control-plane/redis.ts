import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";
import type { RunningProgram } from "../process/program.ts";
import type { ControlPlane } from "./control-plane.ts";
import { privateFile } from "./private-file.ts";

export interface Redis {
  readonly program: RunningProgram;
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  readonly password: string;
}

/** Starts the machine's redis-server, which keeps nothing on disk. */
export async function startRedis(plane: ControlPlane, port: number): Promise<Redis> {
  const { ok } = await runProgram("redis-server", ["--version"]);
  if (!ok) throw missing();
  const password = randomBytes(24).toString("hex");
  const configuration = join(plane.folder, "credentials/redis.conf");
  privateFile(
    configuration,
    ["bind 127.0.0.1", `port ${port}`, `requirepass ${password}`, 'save ""', "appendonly no", ""].join("\n"),
  );
  const program = await plane.startProgram({
    name: "redis",
    program: "redis-server",
    args: [configuration],
  });
  return { program, address: `127.0.0.1:${port}`, password };
}

/** Whether something listens on a port of the loopback. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function missing(): ProblemsError {
  return new ProblemsError([
    {
      rule: "redis-missing",
      at: { definition: "scripts/control-plane/redis.ts" },
      what: "Argo CD keeps its state in Redis, and there is no redis-server on PATH",
      fix: "install it (Debian: apt-get install redis-server; macOS: brew install redis), or use --reconciler flux",
    },
  ]);
}
