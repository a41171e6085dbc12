import type { Fleet } from "../../synth/model/fleet.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { clustersAtOnce, severalAtOnce } from "./at-once.ts";
import { MemoryMeter } from "./memory.ts";
import type { TestName, VerifyReport } from "./model.ts";
import { clusterLine, resultLines } from "./report/lines.ts";
import type { Subject } from "./subjects.ts";
import { verifyCluster } from "./verify-cluster.ts";

export interface VerifyAllOptions {
  readonly fleet: Fleet;
  readonly inputs: Inputs;
  readonly subjects: readonly Subject[];
  /** Files of dist at the revision to come from. Default: no upgrade is tried. */
  readonly base?: ReadonlyMap<string, string>;
  readonly tests: ReadonlySet<TestName>;
  /** Told each result, and each cluster's verdict, as they come. */
  readonly tell: (line: string) => void;
  /** Told what is being waited for. */
  readonly say: (line: string) => void;
}

/** Verifies clusters, as many at once as the machine has room for. Their lines mix; each names its cluster. */
export async function verifyAll({ subjects, tell, say, ...common }: VerifyAllOptions): Promise<VerifyReport> {
  const started = performance.now();
  const memory = new MemoryMeter(() => [process.pid]);
  const clusters = await severalAtOnce(subjects, clustersAtOnce(), async (subject) => {
    const { name, reconciler } = subject.cluster;
    const title = `${name} (${reconciler})`;
    const report = await verifyCluster({
      ...common,
      ...subject,
      tell: (result) => tell(resultLines(title, result).join("\n")),
      say: (line) => say(`  ${title}: ${line}`),
    });
    tell(clusterLine(report));
    return report;
  });
  memory.stop();
  return { clusters, seconds: (performance.now() - started) / 1000, peakMemory: memory.peak };
}
