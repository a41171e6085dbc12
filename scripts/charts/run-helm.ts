import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Helm } from "./helm.ts";
import { runProgram } from "../process/run-program.ts";
import type { Ran } from "../process/run-program.ts";

/** What a rendering Helm gets of the environment: what programs need to start at all. */
const bare = new Set(["PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"]);

/**
 * Runs Helm in a home of its own, which `work` may use and which is gone afterwards: no plugin, repository or
 * kubeconfig of the user takes part. Only pulling gets the user's proxy settings and registry logins.
 */
export async function withHelm<Result>(
  helm: Helm,
  work: (
    run: (purpose: "pull" | "render", args: readonly string[]) => Promise<Ran>,
    home: string,
  ) => Promise<Result>,
): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), "slipway-helm-"));
  try {
    return await work((purpose, args) => {
      const env = purpose === "pull" ? withLogins(home) : isolated(home);
      return runProgram(helm.path, args, { env });
    }, home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function isolated(home: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => bare.has(name))),
    HOME: home,
    USERPROFILE: home,
    // A chart may print the time of day of where it is rendered.
    TZ: "UTC",
    ...helmHome(home),
    HELM_CONFIG_HOME: join(home, "config"),
  };
}

function withLogins(home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:HELM|KUBE)/.test(name) || name === "HELM_REGISTRY_CONFIG" || name === "HELM_CONFIG_HOME",
  );
  return { ...Object.fromEntries(kept), ...helmHome(home) };
}

function helmHome(home: string): NodeJS.ProcessEnv {
  return {
    KUBECONFIG: join(home, "no-kubeconfig"),
    HELM_CACHE_HOME: join(home, "cache"),
    HELM_DATA_HOME: join(home, "data"),
    HELM_REPOSITORY_CONFIG: join(home, "repositories.yaml"),
  };
}
