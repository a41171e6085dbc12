import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";

export interface Moto {
  readonly url: `http://127.0.0.1:${number}`;
  readonly stop: () => Promise<void>;
}

/** Starts AWS in miniature on loopback, as account `account`. */
export async function startMoto(python: PythonEnvironment, account: string): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}` as const;
  const child = spawn(
    python.program("python"),
    [join(import.meta.dirname, "../moto/server.py"), String(port)],
    {
      env: {
        ...process.env,
        MOTO_ACCOUNT_ID: account,
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
        // Certificates are valid at once.
        MOTO_ACM_VALIDATION_WAIT: "0",
      },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
  const stop = () => end(child);
  for (let waited = 0; waited < 600; waited += 1) {
    if (child.exitCode !== null) throw new Error(`moto ended: ${said}`);
    if (await answers(`${url}/moto-api/`)) return { url, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`moto does not answer: ${said}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("no port is free");
}
