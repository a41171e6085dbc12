/**
 * Runs one embedded cluster until it is ended: `slipway cluster up` starts it as a process of its own. Whatever it
 * starts ends with it, even when it is killed.
 */
import { appendFileSync, copyFileSync } from "node:fs";
import { basename } from "node:path";
import type { Cluster } from "../../synth/model/cluster.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { chooseClusters } from "../choose-clusters.ts";
import { readTree, refuseInterrupted } from "../tree/tree.ts";
import { distPath, gatherInputs, loadFleet } from "../workspace.ts";
import { digestOfFiles, filesFor } from "./dist-files.ts";
import { problemsMark, progressOf } from "./progress.ts";
import { startSite } from "./site.ts";
import type { Site } from "./site.ts";
import { kubeconfigIn, readReady, readRequest, siteFolder, writeReady } from "./state.ts";
import type { Request } from "./state.ts";

async function keep(folder: string, request: Request): Promise<void> {
  const say = (line: string): void => appendFileSync(progressOf(folder), `${line}\n`);
  const wanted = await wantedBy(request);
  const site = await startSite({ folder: siteFolder(folder), nodes: request.nodes, say, ...wanted });
  copyFileSync(site.plane.kubeconfig, kubeconfigIn(folder));
  const { files } = wanted;
  const commit = await site.repository.commit(files, "dist as it stands");
  for (const object of site.bootstrap(files)) {
    await site.plane.client.apply(object, { fieldManager: "kubectl" });
  }
  // What was here before it was started again was compared not long ago, with a commit that is no more.
  await site.reconciler.refresh();
  const ready = {
    address: site.plane.address,
    digest: digestOfFiles(files),
    commit,
    since: new Date().toISOString(),
  };
  writeReady(folder, ready);
  process.on("SIGHUP", () => {
    void publish(folder, request, site).catch((error: unknown) => say(problemLine(error)));
  });
}

/** Takes dist up again, where it has changed. */
async function publish(folder: string, request: Request, site: Site): Promise<void> {
  const { files } = await wantedBy(request);
  const digest = digestOfFiles(files);
  const ready = readReady(folder);
  if (ready === undefined || ready.digest === digest) return;
  const commit = await site.repository.commit(files, "dist as it stands now");
  await site.reconciler.refresh();
  writeReady(folder, { ...ready, digest, commit });
}

async function wantedBy({ cluster: name, reconciler }: Request) {
  refuseInterrupted(distPath);
  const fleet = await loadFleet();
  const [defined] = chooseClusters(fleet, [name]);
  if (defined === undefined) throw new Error(`no cluster ${name}`);
  const cluster: Cluster = reconciler === undefined ? defined : { ...defined, reconciler };
  const inputs = await gatherInputs(fleet, [cluster]);
  return { fleet, cluster, inputs, files: filesFor(fleet, cluster, inputs, readTree(distPath)) };
}

function problemLine(error: unknown): string {
  const problems =
    error instanceof ProblemsError
      ? error.problems
      : [
          {
            rule: "cluster-keeper",
            at: { definition: "scripts/cluster/keeper.ts" },
            what: error instanceof Error ? (error.stack ?? error.message) : String(error),
            fix: "this is a fault of Slipway's: report it with these lines",
          },
        ];
  return `${problemsMark}${JSON.stringify(problems)}`;
}

async function main(folder: string): Promise<void> {
  const request = readRequest(folder);
  if (request === undefined) throw new Error(`${basename(folder)} was not asked for`);
  try {
    await keep(folder, request);
  } catch (error) {
    appendFileSync(progressOf(folder), `${problemLine(error)}\n`);
    process.exit(1);
  }
}

if (import.meta.main) await main(process.argv[2] ?? "");
