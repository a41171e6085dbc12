import { chartsOf } from "../changes/versions.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** No chart moves to another major version, by which its author says that something breaks. */
export const chartMajor: Gate = {
  id: "chart-major",
  *run({ changes }) {
    for (const { before, after } of changes.objects) {
      if (before === undefined || after === undefined) continue;
      const old = new Map(chartsOf(before.object).map(({ name, version }) => [name, version]));
      for (const { name, version } of chartsOf(after.object)) {
        const [was, is] = [majorOf(old.get(name)), majorOf(version)];
        if (was === undefined || is === undefined || was === is) continue;
        yield gateProblem(
          chartMajor.id,
          after,
          `chart ${name} goes from ${old.get(name)} to ${version}, another major version`,
          "read its release notes for what breaks, then waive it for the clusters that go first",
        );
      }
    }
  },
};

function majorOf(version: string | undefined): string | undefined {
  return /^v?(\d+)\.\d+/.exec(version ?? "")?.[1];
}
