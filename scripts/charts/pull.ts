import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ChartRequest } from "../../synth/charts/request.ts";
import type { Location } from "../../synth/model/problem.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { sha256 } from "./cache.ts";
import type { Helm } from "./helm.ts";
import { withHelm } from "./run-helm.ts";

/**
 * Pulls a packaged chart, from a repository or a registry, and trusts it only if it has the pinned digest.
 *
 * @throws ProblemsError
 */
export function pullChart(helm: Helm, request: ChartRequest, at: Location): Promise<Buffer> {
  const { repository, name, version, digest } = request;
  const problem = (what: string, fix: string) => new ProblemsError([{ rule: "chart-pull", at, what, fix }]);
  console.error(`pulling chart ${name} ${version} from ${repository}`);
  return withHelm(helm, async (run, home) => {
    const folder = join(home, "pulled");
    mkdirSync(folder);
    const pulled = await run("pull", [
      "pull",
      "--version",
      version,
      "--destination",
      folder,
      ...(repository.startsWith("oci://")
        ? fromRegistry(repository, name)
        : ["--repo", repository, "--", name]),
    ]);
    const [archive] = readdirSync(folder);
    if (!pulled.ok || archive === undefined) {
      throw problem(
        `chart ${name} ${version} cannot be pulled from ${repository}: ${pulled.reason || "no archive came"}`,
        "check the repository (or the cluster's chartMirror), name and version; a private registry takes `helm registry login` or `docker login`",
      );
    }
    const content = readFileSync(join(folder, archive));
    const actual = sha256(content);
    if (actual === digest) return content;
    throw problem(
      `chart ${name} ${version} at ${repository} has digest ${actual}, and the definition pins ${digest}`,
      `if you changed the version, pin that digest too once you trust it; if you did not, find out who republished it`,
    );
  });
}

/** A registry on this machine speaks plain HTTP; no other may. */
function fromRegistry(repository: string, name: string): readonly string[] {
  const isLocal = /^oci:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(repository);
  return [...(isLocal ? ["--plain-http"] : []), "--", `${repository}/${name}`];
}
