import { distRoot } from "../../synth/model/paths.ts";
import { isFrozen } from "../../synth/model/promotion.ts";
import type { Release, Subject } from "../../synth/model/release.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { releaseHistory, runningSince } from "../promotion/history.ts";
import type { PastRelease } from "../promotion/history.ts";
import { releaseIn, routeOf } from "../promotion/subjects.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { LivePlacement } from "./live/live-placement.ts";
import { commitsBetween } from "./commits-between.ts";
import type { OpenPromotion } from "./open-promotions.ts";

/** What tells clusters apart at a glance. */
export interface ClusterIdentity {
  readonly name: string;
  /** Group that its add-ons are released by; null where they follow main. */
  readonly group: string | null;
  readonly provider: Cluster["provider"];
  readonly region: string | null;
  readonly kubernetes: string;
  readonly reconciler: Cluster["reconciler"];
  readonly nodeGroups: readonly { readonly name: string; readonly min: number; readonly max: number }[];
  readonly addons: number;
  /** Placements as `<app> <environment>`. */
  readonly placements: readonly string[];
}

/** One app in one environment. */
export interface EnvironmentStatus {
  readonly app: string;
  readonly environment: string;
  readonly clusters: readonly string[];
  /** Commit that it is rendered from; null where it follows main. */
  readonly revision: string | null;
  readonly kind: string | null;
  readonly why: string | null;
  /** By name: a tag or a digest. */
  readonly images: Readonly<Record<string, string>>;
  /** Seconds since 1970 since when it has been the same; null where git does not tell. */
  readonly since: number | null;
  /** What a promotion from the environment before would bring; null where there is none before it. */
  readonly behind: Behind | null;
  readonly open: readonly OpenPromotion[];
  /** What its clusters make of it; undefined where none was asked. */
  readonly live?: readonly LivePlacement[];
}

/** How far an environment is behind the one before it. */
export interface Behind {
  /** The environment before it. */
  readonly of: string;
  /** Subjects of the commits that changed what that one runs, newest first. */
  readonly commits: readonly string[];
  /** Images that would be others. */
  readonly images: readonly { readonly name: string; readonly from: string | null; readonly to: string }[];
}

export interface Looked {
  readonly root: string;
  readonly fleet: Fleet;
  readonly inputs: Inputs;
  /** Commit whose history is read. */
  readonly commit: string;
  readonly open: readonly OpenPromotion[];
}

/** An app's environment together with the history that its figures come from. */
export interface KnownEnvironment {
  readonly status: EnvironmentStatus;
  readonly history: readonly PastRelease[];
  /** Whether it is the last of the app's order. */
  readonly isLast: boolean;
}

/** Every app in every environment in which it is placed, in the order in which releases move. */
export async function environmentStatuses(looked: Looked): Promise<readonly KnownEnvironment[]> {
  const apps = [
    ...new Set(looked.fleet.clusters.flatMap(({ placements }) => placements.map(({ app }) => app))),
  ];
  const all = await Promise.all(apps.toSorted().map((app) => statusesOfApp(looked, app)));
  return all.flat();
}

async function statusesOfApp(looked: Looked, app: string): Promise<readonly KnownEnvironment[]> {
  const { policy, steps } = routeOf(looked.fleet, "app", app);
  const placed = placements(looked.fleet, app);
  const others = [...placed.keys()].filter((environment) => !steps.includes(environment));
  return Promise.all(
    [...others, ...steps].map(async (environment): Promise<KnownEnvironment> => {
      const subject: Subject = { of: "app", name: app, step: environment };
      const release = releaseIn(looked.inputs, subject);
      const history = await releaseHistory(looked.root, looked.commit, subject);
      const before = isFrozen(policy, environment) ? steps[steps.indexOf(environment) - 1] : undefined;
      return {
        history,
        isLast: steps.indexOf(environment) === steps.length - 1 && steps.length > 1,
        status: {
          app,
          environment,
          clusters: placed.get(environment) ?? [],
          revision: release?.frozen?.revision ?? null,
          kind: release?.frozen?.kind ?? null,
          why: release?.frozen?.why ?? null,
          images: release?.images ?? {},
          since: runningSince(history) ?? null,
          behind:
            before === undefined ? null : await behind(looked, subject, before, steps[0] ?? before, release),
          open: looked.open.filter(
            ({ apps, environments }) => apps.includes(app) && environments.includes(environment),
          ),
        },
      };
    }),
  );
}

function placements({ clusters }: Fleet, app: string): ReadonlyMap<string, readonly string[]> {
  const placed = clusters.flatMap(({ name, placements: all }) =>
    all.filter((placement) => placement.app === app).map(({ environment }) => ({ environment, name })),
  );
  const groups = Map.groupBy(placed, ({ environment }) => environment);
  return new Map([...groups].map(([environment, each]) => [environment, each.map(({ name }) => name)]));
}

/** Commits count that changed the app where it follows main: in the first environment everything shows first. */
async function behind(
  { root, fleet, inputs, commit }: Looked,
  { name }: Subject,
  before: string,
  first: string,
  release: Release | undefined,
): Promise<Behind> {
  const source = releaseIn(inputs, { of: "app", name, step: before });
  const paths = (placements(fleet, name).get(first) ?? []).map(
    (cluster) => `${distRoot}/${cluster}/applications/${name}-${first}`,
  );
  const own = release?.frozen?.revision;
  return {
    of: before,
    commits:
      own === undefined ? [] : await commitsBetween(root, own, source?.frozen?.revision ?? commit, paths),
    images: Object.entries(source?.images ?? {}).flatMap(([image, to]) => {
      const from = release?.images[image] ?? null;
      return from === to ? [] : [{ name: image, from, to }];
    }),
  };
}
