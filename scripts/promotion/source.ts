import { inDist } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { isFrozen } from "../../synth/model/promotion.ts";
import { subjectOwner, subjectPath, subjectText } from "../../synth/model/release.ts";
import type { Release, Revision, Subject } from "../../synth/model/release.ts";
import { sliceFiles } from "../../synth/release/slice-files.ts";
import { clustersOf } from "../../synth/render-release.ts";
import { log } from "../git/repository.ts";
import type { Desk } from "./desk.ts";
import { releaseHistory, runningSince } from "./history.ts";
import { releaseIn } from "./subjects.ts";
import type { Route } from "./subjects.ts";

/** What a step runs, to be moved on. */
export interface Source {
  readonly revision: Revision;
  readonly images: Release["images"];
  /** Seconds since 1970 since when it has run this; undefined if nothing tells. */
  readonly since: number | undefined;
}

/** @throws ProblemsError if the step runs no release */
export async function sourceOf(desk: Desk, route: Route, subject: Subject): Promise<Source> {
  const release = releaseIn(desk.inputs, subject);
  if (isFrozen(route.policy, subject.step)) {
    if (release?.frozen === undefined) throw nothingToMove(subject);
    const history = await releaseHistory(desk.root, desk.base, subject);
    return { revision: release.frozen.revision, images: release.images, since: runningSince(history) };
  }
  if (subject.of === "app" && release === undefined) throw nothingToMove(subject);
  return { revision: desk.base, images: release?.images ?? {}, since: await lastChange(desk, subject) };
}

/** What follows main has run as it is since its slice was last changed, however often main was changed elsewhere. */
async function lastChange(desk: Desk, subject: Subject): Promise<number | undefined> {
  const owner = subjectOwner(subject);
  const dist = desk.inputs.dist ?? new Map<string, string>();
  const paths = clustersOf(desk.fleet, subject).flatMap(({ name }) =>
    sliceFiles(dist, name, owner).map(({ path }) => placeOf(path, owner)),
  );
  const [newest] = await log(desk.root, desk.base, [subjectPath(subject), ...new Set(paths)], 1);
  return newest?.at;
}

/** The slice's own folder, in which files come and go; elsewhere the file. */
function placeOf(path: string, owner: string): string {
  const [cluster = "", layer = "", folder = ""] = path.split("/");
  return inDist(folder === owner ? `${cluster}/${layer}/${folder}` : path);
}

function nothingToMove(subject: Subject): ProblemsError {
  return new ProblemsError([
    {
      rule: "promotion",
      at: { definition: subjectPath(subject) },
      what: `${subjectText(subject)} runs no release yet that could be moved on`,
      fix: "promote to it first",
    },
  ]);
}
