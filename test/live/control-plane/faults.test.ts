import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { withFreePorts } from "../../../scripts/control-plane/free-port-attempts.ts";
import { etcdArguments } from "../../../scripts/control-plane/components.ts";
import { listens } from "../../../scripts/control-plane/redis.ts";
import { waitFor } from "../../../scripts/control-plane/wait.ts";
import { startGitServer } from "../../../scripts/git-server/start.ts";
import { startProgram } from "../../../scripts/process/program.ts";
import { findTool } from "../../../scripts/tools/find.ts";
import { skipReason, temporaryFolder } from "./plane.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Listens on a port until it is told to stop. */
async function occupy(port: number): Promise<() => void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return () => void server.close();
}

describe("a port that is taken", () => {
  test("is a problem for who asks for that port", async () => {
    const first = await startGitServer({ folder: folder.path });
    await expect(startGitServer({ folder: folder.path, port: first.port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${first.port}: another program does`,
    );
    await first.stop();
  });

  test.skipIf(skipReason() !== undefined)("is another one the next time for who takes any", async () => {
    const etcd = await findTool("etcd");
    const tried: (readonly number[])[] = [];
    const program = await withFreePorts(2, async (ports) => {
      const [client = 0, peers = 0] = ports;
      const free = tried.length === 0 ? await occupy(client) : undefined;
      tried.push(ports);
      try {
        const args = etcdArguments(folder.path, { etcd: client, etcdPeers: peers, apiServer: 0 });
        const started = await startProgram({ name: "etcd", program: etcd, args, folder: folder.path });
        await waitFor({ what: "etcd to listen", milliseconds: 30_000, needs: [started] }, async () =>
          started.ended() === undefined && free === undefined && (await listens(client)) ? true : undefined,
        );
        return started;
      } finally {
        free?.();
      }
    });
    expect(tried).toHaveLength(2);
    expect(program.ended()).toBeUndefined();
    await program.stop();
  });
});

const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const hasGo = spawnSync("go", ["version"]).status === 0;
if (!canMount || !hasGo)
  console.warn("skipped: a full disk while building needs Go and a file system of its own");

/** Builds kind into a cache that holds a megabyte, then into one that holds it. */
const script = `
  mount -t tmpfs -o size=1m none "$1" || exit 9
  build() { node --input-type=module -e '
    const { findTool } = await import(process.argv[1]);
    const { ProblemsError } = await import(process.argv[2]);
    try { console.log("built", await findTool("kind", { cache: process.argv[3], say: () => {} })); }
    catch (error) { console.log(error instanceof ProblemsError ? JSON.stringify(error.problems) : String(error)); }
  ' "$2" "$3" "$1"; }
  build "$@"; echo "left: $(ls -A "$1")"
  mount -o remount,size=200m "$1"
  build "$@"
`;

test.runIf(canMount && hasGo)(
  "a disk that is full while a tool is built is a problem, and the next build goes on",
  { timeout: 300_000 },
  () => {
    const cache = join(folder.path, "cache");
    mkdirSync(cache);
    const modules = ["tools/find.ts", "../synth/model/problem.ts"].map((path) =>
      join(import.meta.dirname, "../../../scripts", path),
    );
    const { PATH = "", ...others } = process.env;
    const { stdout, stderr } = spawnSync(
      "unshare",
      ["-rm", "bash", "-c", script, "bash", cache, ...modules],
      {
        encoding: "utf8",
        env: { ...others, PATH: `${join(process.execPath, "..")}:${PATH}` },
      },
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/"rule":"tool-disk-full".*no space left on device.*make room/);
    expect(stdout).toMatch(/^left: $/m);
    expect(stdout).toMatch(/^built .*\/kind$/m);
    expect(readdirSync(cache)).toEqual([]);
  },
);
