import { ProblemsError } from "../../synth/model/problem.ts";
import { isDigest } from "../../synth/model/names.ts";
import { subjectPath, subjectText } from "../../synth/model/release.ts";
import type { Release, Revision, Subject } from "../../synth/model/release.ts";
import { nextRelease } from "./compose.ts";
import type { Decision, NextRelease } from "./compose.ts";
import type { Desk } from "./desk.ts";
import { factsSince } from "./facts.ts";
import { renderAt, renderHere } from "./render-at.ts";
import { namedImage } from "./named-image.ts";
import { releaseIn } from "./subjects.ts";

/** What runs, with another revision, other images, or both. */
export interface Hotfix {
  readonly subject: Subject;
  readonly revision: Revision;
  readonly images: Release["images"];
}

/**
 * What a hotfix is rendered from.
 *
 * @param revision in full; undefined for the one that runs
 * @param images as `<name>@sha256:…`
 * @throws ProblemsError if nothing runs that could be fixed, or an image is none of its own
 */
export function planHotfix(
  desk: Desk,
  subject: Subject,
  revision: Revision | undefined,
  images: readonly string[],
): Hotfix {
  const runs = releaseIn(desk.inputs, subject);
  const kept = revision ?? runs?.frozen?.revision;
  if (runs === undefined || kept === undefined) {
    throw refusal(subject, `${subjectText(subject)} has no release to fix`, "promote to it");
  }
  const replaced = images.map((image) => replacement(subject, runs, image));
  return { subject, revision: kept, images: { ...runs.images, ...Object.fromEntries(replaced) } };
}

function replacement(
  subject: Subject,
  { images }: Release,
  image: string,
): readonly [string, Release["images"][string]] {
  const { name, pin } = namedImage(image);
  if (images[name] === undefined) {
    const known = Object.keys(images).join(", ") || "none";
    throw refusal(subject, `it has no image ${name}`, `name one of its own: ${known}`);
  }
  if (isDigest(pin)) return [name, pin];
  throw refusal(
    subject,
    `image ${name} is given without a digest: ${image}`,
    `write ${name}@sha256:… with 64 hexadecimal digits`,
  );
}

function refusal(subject: Subject, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "promotion", at: { definition: subjectPath(subject) }, what, fix }]);
}

export async function renderHotfix(
  desk: Desk,
  { subject, revision, images }: Hotfix,
  decision: Pick<Decision, "kind" | "who" | "when" | "why">,
): Promise<NextRelease> {
  const facts = await factsSince(desk, subject, revision);
  const order = { subject, images, ...facts };
  const [rendered] =
    revision === desk.base
      ? [await renderHere(order)]
      : await renderAt(desk.root, revision, [order], desk.remote);
  if (rendered === undefined) throw refusal(subject, "nothing was rendered", "run the command again");
  return nextRelease(desk, subject, releaseIn(desk.inputs, subject), images, rendered, {
    ...decision,
    ...facts,
    revision,
  });
}
