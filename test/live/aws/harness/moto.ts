import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "../../../../scripts/process/free-ports.ts";
import { startProgram } from "../../../../scripts/process/program.ts";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";

export interface Moto {
  readonly url: `http://127.0.0.1:${number}`;
  readonly stop: () => Promise<void>;
}

/** Starts AWS in miniature on loopback, as account `account`. It ends with this process, however that ends. */
export async function startMoto(python: PythonEnvironment, account: string): Promise<Moto> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}` as const;
  const folder = mkdtempSync(join(tmpdir(), "slipway-moto-"));
  const program = await startProgram({
    name: "moto",
    program: python.program("python"),
    args: [join(import.meta.dirname, "../moto/server.py"), String(port)],
    folder,
    env: {
      ...process.env,
      MOTO_ACCOUNT_ID: account,
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Certificates are valid at once.
      MOTO_ACM_VALIDATION_WAIT: "0",
    },
  });
  const stop = async () => {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; waited < 600 && program.ended() === undefined; waited += 1) {
    if (await answers(`${url}/moto-api/`)) return { url, stop };
    await sleep(100);
  }
  const said = program.logTail(20).join("\n");
  await stop();
  throw new Error(`moto does not answer: ${said}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
