import { mkdirSync } from "node:fs";
import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { applyPlan, readTree } from "../tree/tree.ts";

/** Puts files in place the way `synth` does, where there was nothing. */
export function writeTree(root: string, files: readonly FileSpec[]): void {
  mkdirSync(root, { recursive: true });
  applyPlan(root, planTree(files, readTree(root)));
}
