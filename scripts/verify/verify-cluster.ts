import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { clusterManifests } from "./dist/manifests.ts";
import { MemoryMeter } from "./memory.ts";
import { testNames } from "./model.ts";
import type { ClusterReport, TestName, TestResult } from "./model.ts";
import { reconcilerViews } from "./reconcilers/views.ts";
import { skipped, timed } from "./run-tests.ts";
import { settle } from "./settle.ts";
import { startSite } from "./start-site.ts";
import type { StartedSite } from "./start-site.ts";
import { dryRun } from "./tests/dry-run.ts";
import { drift } from "./tests/drift.ts";
import { order } from "./tests/order.ts";
import { counted } from "./tests/outcome.ts";
import type { Outcome } from "./tests/outcome.ts";
import { privilege } from "./tests/privilege.ts";
import { prune } from "./tests/prune.ts";
import { managed, rollback } from "./tests/rollback.ts";
import { scheduling } from "./tests/scheduling.ts";
import { upgrade } from "./tests/upgrade.ts";

export interface VerifyOptions {
  readonly fleet: Fleet;
  /** With the reconciler that it is verified with. */
  readonly cluster: Cluster;
  readonly inputs: Inputs;
  /** Files of dist, by path from its root; other clusters' may be among them. */
  readonly files: ReadonlyMap<string, string>;
  /** The same of the revision to come from. Default: no upgrade is tried. */
  readonly base?: ReadonlyMap<string, string>;
  readonly tests: ReadonlySet<TestName>;
  /** Told each result as it comes. */
  readonly tell: (result: TestResult) => void;
  /** Told what is being waited for. */
  readonly say: (line: string) => void;
}

/** Tests that need the cluster as it is at the revision under test, in the order in which they disturb it more. */
const onHead: readonly (readonly [TestName, (site: StartedSite) => Promise<Outcome>])[] = [
  ["order", order],
  ["dry-run", dryRun],
  ["drift", drift],
  ["prune", prune],
  ["privilege", privilege],
  ["scheduling", scheduling],
];

/** Starts a cluster that follows dist, tries it, and stops it. What fails is in the report. */
export async function verifyCluster(options: VerifyOptions): Promise<ClusterReport> {
  const started = performance.now();
  let running: StartedSite | undefined;
  const memory = new MemoryMeter(() => running?.processes() ?? []);
  const results: TestResult[] = [];
  const standIns = new Set<string>();
  const began = (site: StartedSite): void => {
    running = site;
  };
  const note = (result: TestResult): TestResult => {
    results.push(result);
    options.tell(result);
    return result;
  };
  if (testNames.some((test) => options.tests.has(test) && test !== "upgrade" && test !== "rollback")) {
    await onSite({ ...options, starting: options.files, began }, note, standIns, async (site) => {
      for (const [test, work] of onHead.filter(([test]) => options.tests.has(test))) {
        note(await timed(site.cluster.name, test, () => work(site)));
      }
    });
  }
  await upgraded({ ...options, began }, note, standIns);
  memory.stop();
  return {
    cluster: options.cluster.name,
    reconciler: options.cluster.reconciler,
    results: results.toSorted((a, b) => testNames.indexOf(a.test) - testNames.indexOf(b.test)),
    seconds: (performance.now() - started) / 1000,
    peakMemory: memory.peak,
    standIns: [...standIns],
  };
}

interface Began {
  readonly began: (site: StartedSite) => void;
}

type Note = (result: TestResult) => TestResult;

/** Tests 4 and 5, on a cluster of their own that begins with the base. */
async function upgraded(options: VerifyOptions & Began, note: Note, standIns: Set<string>): Promise<void> {
  const { base, tests, cluster } = options;
  const wanted = (["upgrade", "rollback"] as const).filter((test) => tests.has(test));
  if (wanted.length === 0) return;
  const why = noUpgrade(options);
  if (base === undefined || why !== undefined) {
    for (const test of wanted) note(skipped(test, why ?? "no --base to come from"));
    return;
  }
  await onSite(
    { ...options, starting: base },
    (result) => (result.status === "passed" ? result : note(result)),
    standIns,
    async (site) => {
      const before = managed(site);
      const result = note(await timed(cluster.name, "upgrade", () => upgrade(site, base)));
      if (!tests.has("rollback")) return;
      if (result.status === "failed") note(skipped("rollback", "the upgrade failed"));
      else note(await timed(cluster.name, "rollback", () => rollback(site, base, before)));
    },
  );
}

/** Why there is no way to come from the base. */
function noUpgrade({ base, cluster }: VerifyOptions): string | undefined {
  if (base === undefined) return "no --base to come from";
  const { manifests } = clusterManifests(base, cluster.name);
  if (manifests.length === 0) return `the base revision has no ${cluster.name}`;
  const { kind } = reconcilerViews[cluster.reconciler].kind;
  const isFollowed = manifests.some(({ folder, object }) => folder === "bootstrap" && object.kind === kind);
  return isFollowed ? undefined : `the base revision has ${cluster.name} for another reconciler`;
}

/** Starts a site, waits until it is as the files say, and works with it if it is. Always stops it. */
async function onSite(
  options: VerifyOptions & Began & { readonly starting: ReadonlyMap<string, string> },
  note: Note,
  standIns: Set<string>,
  work: (site: StartedSite) => Promise<void>,
): Promise<void> {
  const { cluster, starting } = options;
  let site: StartedSite | undefined;
  try {
    const ready = await timed(cluster.name, "ready", async (): Promise<Outcome> => {
      site = await startSite(options);
      options.began(site);
      return brought(site, starting);
    });
    note(ready);
    if (site !== undefined && ready.status === "passed") await work(site);
    else if (site !== undefined) await afterFailure(site, options, note);
  } finally {
    for (const each of site?.standIns() ?? []) standIns.add(each);
    await site?.stop();
  }
}

async function brought(site: StartedSite, files: ReadonlyMap<string, string>): Promise<Outcome> {
  const commit = await site.bootstrap(files);
  const { problems, seconds } = await settle(site, { files, commit, test: "ready" });
  const { manifests } = clusterManifests(files, site.cluster.name);
  return {
    summary: `${counted(manifests.length, "object")} of dist as they should be, ${seconds.toFixed(1)} s after the bootstrap`,
    problems: [...problems, ...(problems.length > 0 ? complaints(site) : []), ...refusals(site)],
  };
}

/** Why a stand-in did not do what was waited for: not dist's fault. */
function complaints(site: StartedSite): readonly Problem[] {
  return site.complaints().map((what) => ({
    rule: "live-ready",
    at: { definition: "scripts/stand-ins", cluster: site.cluster.name },
    what: `a stand-in did not manage it: ${what}`,
    fix: "correct what it complains of in the definition; if the real controller would take it, the stand-in is wrong",
  }));
}

function refusals(site: StartedSite): readonly Problem[] {
  return site.refusals().map((what) => ({
    rule: "live-ready",
    at: { definition: `clusters/${site.cluster.name}.ts`, cluster: site.cluster.name },
    what,
    fix: "name it in the definitions, so that it stands in dist, or keep the cluster from asking for it",
  }));
}

/** What still tells something when the cluster did not get ready; the rest is not tried. */
async function afterFailure(site: StartedSite, { tests }: VerifyOptions, note: Note): Promise<void> {
  for (const [test, work] of onHead) {
    if (!tests.has(test)) continue;
    if (test === "order" || test === "dry-run") note(await timed(site.cluster.name, test, () => work(site)));
    else note(skipped(test, "the cluster did not get ready"));
  }
}
