import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChartRequest } from "../../synth/charts/request.ts";
import type { Location } from "../../synth/model/problem.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { firstDifference } from "./difference.ts";
import type { Helm } from "./helm.ts";
import { withHelm } from "./run-helm.ts";

/**
 * What `helm template` prints for a packaged chart.
 *
 * @throws ProblemsError, also if the chart renders otherwise a second time
 */
export function renderChart(
  helm: Helm,
  archive: string,
  request: ChartRequest,
  at: Location,
): Promise<string> {
  const { name, version } = request;
  return withHelm(helm, async (run, home) => {
    const values = join(home, "values.json");
    writeFileSync(values, JSON.stringify(request.values));
    const render = async (): Promise<string> => {
      const { ok, stdout, reason } = await run("render", templateArguments(archive, request, values));
      if (ok) return stdout;
      throw new ProblemsError([
        {
          rule: "chart-render",
          at,
          what: `chart ${name} ${version} does not render: ${reason}`,
          fix: "correct its values",
        },
      ]);
    };
    const first = await render();
    // Charts print the time in seconds; within one, twice the same would prove nothing.
    await sleep(1000 - (Date.now() % 1000));
    const difference = firstDifference(first, await render());
    if (difference === undefined) return first;
    throw new ProblemsError([
      {
        rule: "chart-random",
        at: { ...at, object: difference },
        what: `chart ${name} ${version} renders ${difference} differently each time`,
        fix: "set by value what the chart makes up (a password, a certificate, the time), or use the chart in mode reference",
      },
    ]);
  });
}

function templateArguments(archive: string, request: ChartRequest, values: string): readonly string[] {
  return [
    "template",
    "--namespace",
    request.namespace,
    "--kube-version",
    request.kubeVersion,
    ...request.apiVersions.flatMap((version) => ["--api-versions", version]),
    "--include-crds",
    "--values",
    values,
    "--",
    request.releaseName,
    archive,
  ];
}
