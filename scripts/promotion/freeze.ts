import { join } from "node:path";
import type { Fleet } from "../../synth/model/fleet.ts";
import { subjectPath } from "../../synth/model/release.ts";
import type { Freeze, Subject } from "../../synth/model/release.ts";
import { isFrozen } from "../../synth/model/promotion.ts";
import { releaseText } from "../../synth/release/release-text.ts";
import { sliceDigest } from "../../synth/release/slice-files.ts";
import type { Dist } from "../../synth/release/slice-files.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { renderHere } from "./render-at.ts";
import { withReproduced, writeDist } from "./reproduce.ts";
import { releaseIn } from "./subjects.ts";
import { writeWhole } from "../whole-file.ts";

/** Environments that are to be frozen and have followed main until now: their releases pin images and nothing else. */
export function unfrozenSubjects({ clusters }: Fleet, inputs: Inputs): readonly Subject[] {
  const subjects = new Map<string, Subject>();
  for (const { app, environment, promotion } of clusters.flatMap(({ placements }) => placements)) {
    if (!isFrozen(promotion, environment)) continue;
    const subject: Subject = { of: "app", name: app, step: environment };
    const release = releaseIn(inputs, subject);
    if (release !== undefined && release.frozen === undefined) subjects.set(subjectPath(subject), subject);
  }
  return [...subjects.values()];
}

/**
 * Freezes each at what this commit renders: writes its slices into dist, then its release. What else dist holds is left to
 * synth.
 */
export async function freeze(
  root: string,
  inputs: Inputs,
  subjects: readonly Subject[],
  decision: Pick<Freeze, "revision" | "who" | "when" | "why">,
): Promise<void> {
  let dist: Dist = inputs.dist ?? new Map();
  const texts = new Map<string, string>();
  for (const subject of subjects) {
    const images = releaseIn(inputs, subject)?.images ?? {};
    const { slices, charts } = await renderHere({ subject, images });
    dist = withReproduced(
      dist,
      Object.entries(slices).map(([cluster, files]) => ({ subject, cluster, files })),
    );
    const digests = Object.entries(slices).map(([cluster, files]) => [cluster, sliceDigest(files)] as const);
    const frozen: Freeze = { ...decision, kind: "freeze", charts, slices: Object.fromEntries(digests) };
    texts.set(subjectPath(subject), releaseText({ images, frozen }));
  }
  writeDist(inputs.dist ?? new Map(), dist);
  for (const [path, text] of texts) writeWhole(join(root, path), text);
}
