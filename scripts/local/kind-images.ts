import { ProblemsError } from "../../synth/model/problem.ts";
import { findEngine } from "../kind/engine.ts";
import { buildMock } from "../mock-workload/build.ts";
import { fullName } from "../mock-workload/full-name.ts";
import type { MockImage } from "../mock-workload/images.ts";
import { runProgram } from "../process/run-program.ts";
import type { LocalImage } from "./images.ts";

interface Wanted {
  /** Those that a cluster runs from this machine. */
  readonly mocks: readonly MockImage[];
  /** Real ones, which take the place of their mocks. */
  readonly real: readonly LocalImage[];
  readonly say: (line: string) => void;
  /** Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Makes every image that pods of a cluster ask for by the tag `local`: the real one under that name, where there is
 * one, and a mock of it where there is none. Returns the names, for the nodes to be given them.
 *
 * @throws ProblemsError if a real one was not built, or a mock does not build
 */
export async function makeImages({ mocks, real, say, environment }: Wanted): Promise<readonly string[]> {
  const { name: engine, environment: env } = await findEngine(environment);
  const unbuilt: LocalImage[] = [];
  for (const image of real) {
    const { ok } = await runProgram(engine, ["image", "inspect", "--format", "{{.Id}}", image.built], {
      env,
    });
    if (!ok) unbuilt.push(image);
  }
  if (unbuilt.length > 0) throw new ProblemsError(unbuilt.map(({ built }) => notBuilt(engine, built)));
  for (const { built, reference } of real) {
    if (fullName(built) === fullName(reference)) continue;
    const { ok, reason } = await runProgram(engine, ["tag", built, fullName(reference)], { env });
    if (!ok) throw new ProblemsError([notTagged(engine, built, reference, reason)]);
    say(`${reference} is ${built}`);
  }
  const references = new Set(real.map(({ reference }) => reference));
  for (const mock of mocks.filter(({ image }) => !references.has(image))) {
    say(`building a mock of ${mock.image} with ${engine}`);
    await buildMock(engine, mock);
  }
  return mocks.map(({ image }) => image);
}

function notBuilt(engine: string, built: string) {
  return {
    rule: "local-image",
    at: { definition: "slipway up", object: built },
    what: `${engine} has no image ${built} on this machine`,
    fix: `build it in the app's own repository (docker build --tag ${built} .), or leave it out for a mock`,
  };
}

function notTagged(engine: string, built: string, reference: string, reason: string) {
  return {
    rule: "local-image",
    at: { definition: "slipway up", object: built },
    what: `${engine} does not name ${built} ${reference}: ${reason}`,
    fix: `mend what ${engine} says, and run this again`,
  };
}
