// What the tests run as another process, to kill it, stop it or have it compete:
//   writer.ts swap <root>                       alternates between the two trees until it is killed
//   writer.ts apply <root> <a|b> [do] [when]    applies one; does `kill`, `pause`, `hold` (until <root>.go is there) or `fail` at the step called, or numbered, `when`
//   writer.ts die-locked <root>                 takes the lock, proves that nobody else has it, and is killed with it
import { closeSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { applyPlan, readTree, recover } from "../../scripts/tree/tree.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { twoTrees } from "./two-trees.ts";

const [command, root = "", tree = "a", act = "", when = ""] = process.argv.slice(2);

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function apply(to: string, onStep: (step: string) => void): void {
  recover(root);
  applyPlan(root, planTree(to === "a" ? twoTrees.a : twoTrees.b, readTree(root)), { onStep });
}

const acts: Readonly<Record<string, (step: string) => void>> = {
  kill: () => process.kill(process.pid, "SIGKILL"),
  pause: (step) => {
    writeSync(1, `${step}\n`);
    sleep(800);
  },
  hold: (step) => {
    writeSync(1, `${step}\n`);
    for (let turn = 0; turn < 3000 && !existsSync(`${root}.go`); turn += 1) sleep(10);
  },
  fail: (step) => {
    throw new Error(`failed at ${step}`);
  },
};

function applyOnce(): void {
  let count = 0;
  apply(tree, (step) => {
    count += 1;
    if (step === when || String(count) === when) acts[act]?.(step);
  });
}

function dieLocked(): void {
  const marker = `${root}.marker`;
  try {
    apply("a", () => {
      closeSync(openSync(marker, "wx"));
      sleep(3);
      rmSync(marker);
      process.kill(process.pid, "SIGKILL");
    });
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    sleep(1);
    dieLocked();
  }
}

try {
  if (command === "swap") {
    writeSync(1, "ready\n");
    for (let turn = 0; ; turn += 1) apply(turn % 2 === 0 ? "a" : "b", () => {});
  }
  if (command === "apply") applyOnce();
  if (command === "die-locked") dieLocked();
} catch (error) {
  if (!(error instanceof ProblemsError)) throw error;
  writeSync(1, JSON.stringify(error.problems));
  process.exitCode = 1;
}
