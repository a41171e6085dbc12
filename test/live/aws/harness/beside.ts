import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";

const run = promisify(execFile);

/** Does on AWS what others do beside us, see moto/hands.py; returns what that prints. */
export async function beside(
  python: PythonEnvironment,
  url: string,
  region: string,
  ...what: readonly string[]
): Promise<string> {
  const script = join(import.meta.dirname, "../moto/hands.py");
  const { stdout } = await run(python.program("python"), [script, url, region, ...what]);
  return stdout.trim();
}
