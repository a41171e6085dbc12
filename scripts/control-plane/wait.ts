import { setTimeout as sleep } from "node:timers/promises";
import { ProblemsError } from "../../synth/model/problem.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import { errorCode } from "../tree/failure.ts";
import type { RunningProgram } from "../process/program.ts";

interface Wait {
  /** What is waited for, such as "the API server to answer". */
  readonly what: string;
  readonly milliseconds: number;
  /** Programs without which it will never come. */
  readonly needs: readonly RunningProgram[];
  /** Milliseconds between two looks. Default: 50. */
  readonly every?: number;
}

/**
 * Resolves with what `look` returns as soon as that is not undefined. What the API server or the system refuses counts
 * as "not yet", and is told if it never comes.
 *
 * @throws ProblemsError when the time is over, or a program that it needs has ended
 */
export async function waitFor<Found>(
  { what, milliseconds, needs, every = 50 }: Wait,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  const deadline = Date.now() + milliseconds;
  let last = "";
  for (;;) {
    const ended = needs.find((program) => program.ended() !== undefined);
    if (ended !== undefined) throw new EndedError(ended, what);
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      if (!(error instanceof KubernetesError) && errorCode(error) === undefined) throw error;
      last = error instanceof Error ? `: ${error.message}` : "";
    }
    if (Date.now() >= deadline) {
      throw plane(
        "control-plane-slow",
        `waited ${milliseconds / 1000} s for ${what}${last}${tailsOf(needs)}`,
        "look into the logs named above; a machine that is short of memory or busy may need a second try",
      );
    }
    await sleep(every);
  }
}

/** A program that ended while something waited for it. */
export class EndedError extends ProblemsError {
  readonly program: string;

  constructor(program: RunningProgram, what: string) {
    super(
      plane(
        "control-plane-ended",
        `${program.name} ended with ${program.ended()} while waiting for ${what}${tailsOf([program])}`,
        "mend what its last words complain of and run this again",
      ).problems,
    );
    this.program = program.name;
  }

  /** Whether somebody else had taken its port. */
  get portTaken(): boolean {
    return /address already in use|Address in use/i.test(this.message);
  }
}

function plane(rule: string, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule, at: { definition: "scripts/control-plane" }, what, fix }]);
}

function tailsOf(programs: readonly RunningProgram[]): string {
  return programs
    .flatMap((program) => program.logTail(5).map((line) => `\n    ${program.name}: ${line}`))
    .join("");
}
