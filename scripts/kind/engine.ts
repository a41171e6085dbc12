import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";

/** What runs kind's nodes, and builds and keeps images. */
export type EngineName = "docker" | "podman";

export interface Engine {
  readonly name: EngineName;
  readonly environment: NodeJS.ProcessEnv;
}

const engines: readonly EngineName[] = ["docker", "podman"];

/** Milliseconds that an engine may take to answer; a virtual machine that wakes up takes seconds. */
const patience = 20_000;

/**
 * The container engine that answers.
 *
 * @throws ProblemsError that says why none does, and what works without
 */
export async function findEngine(environment: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const failures: string[] = [];
  for (const name of engines) {
    // A client alone prints its own version; only an engine has this one.
    const args = ["info", "--format", name === "docker" ? "{{.ServerVersion}}" : "{{.Version.Version}}"];
    const { ok, stdout, reason } = await runProgram(name, args, { env: environment, milliseconds: patience });
    if (ok && /^\d/.test(stdout.trim())) return { name, environment: engineEnvironment(name, environment) };
    failures.push(`${name}: ${reason || "it does not say its engine's version"}`);
  }
  throw new ProblemsError([noEngine(failures)]);
}

/** kind takes docker where it finds a client, whether an engine is behind it or not, unless it is told. */
function engineEnvironment(name: EngineName, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, KIND_EXPERIMENTAL_PROVIDER: name };
}

function noEngine(failures: readonly string[]): Problem {
  return {
    rule: "container-engine",
    at: { definition: "docs/kind.md" },
    what: `kind runs its nodes as containers, and no container engine answers (${failures.join("; ")})`,
    fix: "start Docker or Podman; or take the embedded provider, which needs none: --provider embedded",
  };
}
