import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";
import { fullName } from "./full-name.ts";
import type { MockImage } from "./images.ts";

const folder = import.meta.dirname;
const containerfile = join(folder, "Containerfile");

/** Milliseconds that pulling the base image may take on a slow line. */
const patience = 10 * 60_000;

/**
 * Builds the image of a mock under the name of the image that it stands in for.
 *
 * @param engine `docker` or `podman`
 * @throws ProblemsError with the engine's last words
 */
export async function buildMock(engine: string, mock: MockImage): Promise<void> {
  const context = writeContext(mock);
  try {
    const args = ["build", "--tag", fullName(mock.image), "--file", containerfile, context];
    const { ok, reason } = await runProgram(engine, args, { milliseconds: patience });
    if (ok) return;
    throw new ProblemsError([
      {
        rule: "mock-image",
        at: { definition: "scripts/mock-workload/Containerfile", object: mock.image },
        what: `${engine} does not build a mock of ${mock.image}: ${reason}`,
        fix: `see that ${engine} runs and reaches the registry of the base image, then run this again`,
      },
    ]);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** A folder with what the image is made of; whoever asks for it removes it. */
export function writeContext({ contracts }: MockImage): string {
  const context = mkdtempSync(join(tmpdir(), "slipway-mock-"));
  cpSync(join(folder, "program"), join(context, "program"), { recursive: true });
  writeFileSync(join(context, "program/package.json"), '{ "type": "module" }\n');
  writeFileSync(join(context, "contracts.json"), `${JSON.stringify(contracts, null, 2)}\n`);
  return context;
}
