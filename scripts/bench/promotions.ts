import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "../root.ts";

export interface PromotionResult {
  readonly description: string;
  /** Milliseconds of each run, from the process's start to the commit; nothing is pushed. */
  readonly totals: readonly number[];
}

const leftOut: ReadonlySet<string> = new Set([".git", ".slipway", "coverage", "node_modules"]);
const app = "voice-agent-studio";

/** Times promotions of main's newest commit, and of an older revision, in a copy of this repository. */
export function measurePromotions(runs: number): readonly PromotionResult[] {
  const folder = mkdtempSync(join(tmpdir(), "slipway-bench-promotion-"));
  try {
    const git = commitCopy(folder);
    const timed = (...args: readonly string[]): readonly number[] =>
      Array.from({ length: runs }, () => {
        const started = performance.now();
        slipway(folder, [...args, "--remote", "none", "--dry-run"]);
        return performance.now() - started;
      });
    const toStaging = ["promote", app, "--from", "dev", "--to", "staging"];
    const newest = timed(...toStaging);
    const { branch }: { readonly branch: string } = JSON.parse(
      slipway(folder, [...toStaging, "--remote", "none", "--json"]),
    );
    git("merge", "-q", "--no-ff", "--no-edit", branch);
    git("commit", "-q", "--allow-empty", "-m", "main goes on");
    // What staging runs is no longer what main is.
    const older = timed("promote", app, "--from", "staging", "--to", "prod");
    return [
      { description: "what main is, from dev to staging", totals: newest },
      { description: "an older revision, from staging to prod, in its kept work tree", totals: older },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The repository as it stands, with an image in dev that may be promoted. */
function commitCopy(folder: string): (...args: readonly string[]) => void {
  for (const name of readdirSync(root).filter((entry) => !leftOut.has(entry))) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  // Merged long ago, so that it has soaked.
  const env = { ...process.env, GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z" };
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-C", folder, ...args], { stdio: "ignore", env });
  };
  git("init", "-q");
  writeFileSync(join(folder, ".git/info/exclude"), "node_modules\n");
  git("config", "user.name", "bench");
  git("config", "user.email", "bench@example.com");
  slipway(folder, ["release", "set-image", app, "dev", `app@sha256:${"1".repeat(64)}`]);
  slipway(folder, ["synth"]);
  git("add", "--all");
  git("-c", "commit.gpgsign=false", "commit", "-q", "-m", "bench");
  return git;
}

function slipway(folder: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [join(folder, "scripts/cli.ts"), ...args], { encoding: "utf8" });
}
