import { appFolder, inDist } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import type { Slice } from "../../synth/resolve/slice.ts";
import { connect } from "./cluster/connect.ts";
import { deliveries } from "./cluster/delivery.ts";
import type { Outcome } from "./deployment.ts";
import { fetchMain } from "./main-branch.ts";
import type { Session } from "./session.ts";
import { waitForSlices } from "./wait-for-slices.ts";

export interface DeployAppOptions {
  /** Names of placements, `<app>-<environment>`. Default: all of the cluster. */
  readonly placements: readonly string[];
  readonly kubeconfig: string | undefined;
  readonly waitMinutes: number;
}

/**
 * Sees a release through that has been merged: proves that main holds the release and what it renders, has the reconciler look
 * now, and waits until it calls the placements healthy at a commit with it. Commits nothing and applies nothing.
 */
export async function deployApp(session: Session, options: DeployAppOptions): Promise<Outcome> {
  const { fleet, definition, say, dryRun } = session;
  const { name, reconciler } = definition;
  const slices = placementSlices(session, options.placements);
  if (slices.length === 0) {
    say("no placement on this cluster");
    return "unchanged";
  }
  const main = await fetchMain(fleet, name);
  const paths = slices.flatMap((slice) => [folderOf(name, slice), `${releaseFolder(slice)}`]);
  const differing = await main.differing(paths);
  say(`main is at ${main.commit.slice(0, 12)}: ${slices.map(({ owner }) => owner).join(", ")}`);
  if (dryRun) {
    for (const path of differing) say(`  not on main as it is here: ${path}`);
    say(`  would wait until ${reconciler} calls them healthy there`);
    return "planned";
  }
  if (differing.length > 0) throw notOnMain(name, differing);
  const access = await connect(session, options.kubeconfig);
  const delivery = deliveries[reconciler];
  if ((await delivery.state(access, delivery.root)) === undefined) throw noReconciler(name, access.address);
  for (const { owner } of slices) {
    if ((await delivery.state(access, owner)) !== undefined) await delivery.hurry(access, owner);
  }
  const folders = new Map(slices.map((slice) => [slice.owner, folderOf(name, slice)]));
  await waitForSlices(session, access, [...folders.keys()], {
    waitMinutes: options.waitMinutes,
    isCurrent: (revision, slice) => main.isSameIn(revision, folders.get(slice) ?? ""),
  });
  return "done";
}

function placementSlices({ rendered, definition }: Session, names: readonly string[]): readonly Slice[] {
  const all = rendered.cluster.cluster.order.filter(({ kind }) => kind === "placement");
  const known = all.map(({ owner }) => owner);
  const unknown = names.filter((each) => !known.includes(each));
  if (unknown.length > 0) {
    const at = { definition: `clusters/${definition.name}.ts`, cluster: definition.name };
    throw new ProblemsError(
      unknown.map((each) => ({
        rule: "usage",
        at,
        what: `there is no placement ${each} on ${definition.name}`,
        fix: didYouMean(each, known, `name one of: ${known.join(", ")}`),
      })),
    );
  }
  return names.length === 0 ? all : all.filter(({ owner }) => names.includes(owner));
}

function folderOf(cluster: string, { layer, owner }: Slice): string {
  return inDist(`${cluster}/${layer}/${owner}`);
}

function releaseFolder({ placement }: Slice): string {
  return placement === undefined
    ? "apps"
    : `${appFolder(placement.app)}/releases/${placement.environment}.json`;
}

function notOnMain(cluster: string, paths: readonly string[]): ProblemsError {
  const [first = "", ...others] = paths;
  return new ProblemsError([
    {
      rule: "aws-not-on-main",
      at: { definition: first, cluster },
      what: `main does not hold it as it is here${others.length > 0 ? `, nor ${others.length} more files` : ""}: the reconciler would not see it`,
      fix: "commit, push and merge what npm run synth changed; then run the command again",
    },
  ]);
}

function noReconciler(cluster: string, address: string): ProblemsError {
  return new ProblemsError([
    {
      rule: "cluster-bootstrap",
      at: { definition: `clusters/${cluster}.ts`, cluster },
      what: `nothing reconciles the cluster at ${address} yet`,
      fix: `npm run slipway -- aws install-alb-controller ${cluster} installs the reconciler`,
    },
  ]);
}
