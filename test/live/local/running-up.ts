import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** A `slipway up` in the foreground, as a terminal would run it. */
export interface RunningUp {
  readonly pid: number;
  readonly output: () => string;
  /** Resolves with the seconds it took until its output, from this call on, matches. Rejects if it ends before. */
  readonly says: (expected: RegExp, seconds?: number) => Promise<number>;
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly ended: Promise<number | null>;
}

export function startUp(root: string, ...args: readonly string[]): RunningUp {
  const { FORCE_COLOR: _forced, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, "scripts/cli.ts"), "up", ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close").then(() => child.exitCode);
  let output = "";
  const looks = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (words: string) => {
      output += words;
      looks.forEach((look) => look());
    });
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    says: (expected, seconds = 480) =>
      new Promise((resolve, reject) => {
        const [from, started] = [output.length, Date.now()];
        const fail = (why: string) => reject(new Error(`${why} saying ${expected}:\n${output.slice(from)}`));
        const timer = setTimeout(() => fail(`${seconds} s went by without`), seconds * 1000);
        const look = () => {
          if (!expected.test(output.slice(from))) return;
          looks.delete(look);
          clearTimeout(timer);
          resolve((Date.now() - started) / 1000);
        };
        looks.add(look);
        void ended.then(() => fail("it ended without"));
      }),
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
    ended,
  };
}

/** What a browser gets from a host on this machine, which resolvers outside of browsers may not know. */
export async function fetchHost(host: string, port: number, path: string) {
  const asked = request({ host: "127.0.0.1", port, path, headers: { host: `${host}:${port}` } }).end();
  const [response] = await once(asked, "response");
  return { status: Number(response.statusCode), body: await text(response) };
}
