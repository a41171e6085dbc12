import { afterAll, beforeAll } from "vitest";
import type { Reconciler } from "#synth";
import { settle } from "../../../scripts/verify/settle.ts";
import { startSite } from "../../../scripts/verify/start-site.ts";
import type { StartedSite } from "../../../scripts/verify/start-site.ts";
import { renderedFiles } from "../../../scripts/verify/tests/prune-candidates.ts";
import { inputs, shopFleet } from "./shop-fleet.ts";

/** Minutes until everything runs, on a machine that does other things. */
const patience = 15 * 60_000;

/** A running cluster with two small apps, shared by the tests of a file, and the files that it follows. */
export interface ShopSite {
  readonly site: () => StartedSite;
  readonly files: ReadonlyMap<string, string>;
  /** The files with text in one of them replaced; it has to be there. */
  readonly broken: (path: string, text: string | RegExp, replacement: string) => ReadonlyMap<string, string>;
  /** Makes the cluster what the unbroken files say. */
  readonly restore: () => Promise<void>;
}

export function shopSite(reconciler: Reconciler): ShopSite {
  const fleet = shopFleet(reconciler);
  const [cluster] = fleet.clusters;
  const files = cluster && renderedFiles(fleet, cluster, inputs);
  if (cluster === undefined || files === undefined) throw new Error("the shop does not render");
  let started: StartedSite | undefined;
  const site = (): StartedSite => {
    if (started === undefined) throw new Error("the site has not started");
    return started;
  };
  const settled = async (commit: string): Promise<void> => {
    const { problems } = await settle(site(), { files, commit, test: "ready", afterTrouble: true });
    if (problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 2));
  };
  beforeAll(async () => {
    started = await startSite({ fleet, cluster, inputs, files, say: () => undefined });
    await settled(await started.bootstrap(files));
  }, patience);
  afterAll(() => started?.stop(), 60_000);
  return {
    site,
    files,
    broken: (path, text, replacement) => {
      const content = files.get(`${cluster.name}/${path}`) ?? "";
      const changed = content.replace(text, replacement);
      if (changed === content) throw new Error(`${path} does not hold ${String(text)}`);
      return new Map([...files, [`${cluster.name}/${path}`, changed]]);
    },
    restore: async () => settled(await site().publish(files, "As it should be")),
  };
}
