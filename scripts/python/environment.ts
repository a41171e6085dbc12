import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { asOnlyBuilder } from "../tools/build-lock.ts";
import { runProgram } from "../process/run-program.ts";

/** Programs in Python, at the versions that requirements.txt pins. */
export interface PythonEnvironment {
  /** Path of one of its programs, such as `aws`. */
  readonly program: (name: string) => string;
}

const requirements = join(import.meta.dirname, "requirements.txt");

/**
 * The environment, made by pip when it is first asked for, once for each content of the requirements. That there is no Python,
 * or no way to its packages, is a result: the reason, for whoever goes on without.
 */
export async function pythonEnvironment(): Promise<PythonEnvironment | { readonly missing: string }> {
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = join(cacheFolder(), "python", digest);
  const bin = join(folder, process.platform === "win32" ? "Scripts" : "bin");
  const environment = { program: (name: string) => join(bin, name) };
  // Written last. A Python environment holds its own path, so it cannot be made elsewhere and renamed.
  const whole = join(folder, "whole");
  if (existsSync(whole)) return environment;
  mkdirSync(dirname(folder), { recursive: true });
  const failure = await asOnlyBuilder(`${folder}.lock`, async () => {
    if (existsSync(whole)) return undefined;
    console.error("installing the programs of scripts/python/requirements.txt, once; about a minute");
    rmSync(folder, { recursive: true, force: true });
    const made = await runProgram("python3", ["-m", "venv", folder]);
    if (!made.ok) return `python3 -m venv: ${made.reason}`;
    const options = ["--disable-pip-version-check", "--no-deps", "--quiet"];
    const pip = ["-m", "pip", "install", ...options, "--requirement", requirements];
    const installed = await runProgram(join(bin, "python"), pip, { milliseconds: 15 * 60_000 });
    if (!installed.ok) return `pip install: ${installed.reason}`;
    writeFileSync(whole, "");
    return undefined;
  });
  return failure === undefined ? environment : { missing: failure };
}
