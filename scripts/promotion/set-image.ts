import { join } from "node:path";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { isDigest } from "../../synth/model/names.ts";
import type { Digest } from "../../synth/model/names.ts";
import type { Placement } from "../../synth/model/placement.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { isFrozen } from "../../synth/model/promotion.ts";
import { subjectPath } from "../../synth/model/release.ts";
import type { Subject } from "../../synth/model/release.ts";
import { releaseText } from "../../synth/release/release-text.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { releaseIn, routeOf } from "./subjects.ts";
import { writeWhole } from "../whole-file.ts";

/** An image that an environment is about to get. */
export interface ImageTarget {
  readonly subject: Subject;
  readonly image: string;
  /** Repository below the registry. */
  readonly repository: string;
  readonly placement: Placement;
}

/**
 * @throws ProblemsError if there is no such app, environment or image, or the environment is frozen: what it runs changes
 * by a promotion or a hotfix
 */
export function imageTarget(fleet: Fleet, name: string, step: string, image: string): ImageTarget {
  const subject: Subject = { of: "app", name, step };
  const { policy } = routeOf(fleet, "app", name);
  const placements = fleet.clusters
    .flatMap((cluster) => cluster.placements)
    .filter(({ app }) => app === name);
  const placement = placements.find(({ environment }) => environment === step);
  if (placement === undefined) {
    const known = [...new Set(placements.map(({ environment }) => environment))];
    throw refusal(
      subject,
      `${name} is not placed in ${step}`,
      didYouMean(step, known, `name one of: ${known.join(", ")}`),
    );
  }
  if (isFrozen(policy, step)) {
    throw refusal(
      subject,
      `${step} is frozen: an image by itself would leave its configuration behind`,
      `npm run slipway -- promote ${name} --from ${policy.order[policy.order.indexOf(step) - 1] ?? ""} --to ${step}; what cannot wait: npm run slipway -- hotfix ${name} ${step} --image ${image}@sha256:…`,
    );
  }
  const found = placement.images[image];
  if (found === undefined) {
    const known = Object.keys(placement.images);
    throw refusal(
      subject,
      `${name} has no image ${image}`,
      didYouMean(image, known, `name one of: ${known.join(", ")}`),
    );
  }
  return { subject, image, repository: found.repository, placement };
}

/** @throws ProblemsError unless it is a digest in full */
export function digestOf({ subject, image }: ImageTarget, text: string): Digest {
  if (isDigest(text)) return text;
  throw refusal(
    subject,
    `image ${image} is given without a digest: ${text || "nothing"}`,
    `write ${image}@sha256:… with 64 hexadecimal digits, or --from-ecr <tag>`,
  );
}

/** Pins the image in the release's file. */
export function pinImage(
  root: string,
  inputs: Inputs,
  { subject, image }: ImageTarget,
  digest: Digest,
): boolean {
  const images = releaseIn(inputs, subject)?.images ?? {};
  if (images[image] === digest) return false;
  const path = join(root, subjectPath(subject));
  writeWhole(path, releaseText({ images: { ...images, [image]: digest } }));
  return true;
}

function refusal(subject: Subject, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "release", at: { definition: subjectPath(subject) }, what, fix }]);
}
