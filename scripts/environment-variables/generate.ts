import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { printProblems } from "../output/problems.ts";
import { root } from "../root.ts";
import { renderEnvironmentDocument } from "./render.ts";

const path = "docs/environment-variables.md";
try {
  writeFileSync(join(root, path), await renderEnvironmentDocument());
  console.log(`${path} is written`);
} catch (error) {
  if (!(error instanceof ProblemsError)) throw error;
  printProblems(error.problems);
  process.exitCode = 1;
}
