import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import type { Digest } from "../../synth/model/names.ts";
import { clusterPath, releasePath } from "../../synth/model/paths.ts";
import type { Placement } from "../../synth/model/placement.ts";
import { isFrozen } from "../../synth/model/promotion.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { root } from "../root.ts";
import { dockerFor } from "./build/docker.ts";
import { imageSources } from "./build/images.ts";
import { errorCodeOf, failureProblem } from "./failures.ts";
import { replaceFile } from "./replace-file.ts";
import type { Session } from "./session.ts";

export interface BuildOptions {
  /** Name of a placement, `<app>-<environment>`, whose release is written. */
  readonly placement: string;
  /** Folder of the app's sources. */
  readonly source: string;
  /** Version that the images are tagged with; repositories are immutable, so each is pushed once. */
  readonly tag: string;
  /** Names of the app's images. None: all. */
  readonly images: readonly string[];
}

export type Digests = Readonly<Record<string, Digest>>;

/**
 * Builds the images of an app, pushes them, and writes the digests that ECR gives them into the release of an environment. An
 * image whose tag is there already is neither built nor pushed: after a failure the rest is done, and the digests are the same.
 */
export async function buildPush(session: Session, options: BuildOptions): Promise<Digests> {
  const { aws, say, dryRun, definition } = session;
  const placement = findPlacement(session, options.placement);
  const registry = `${definition.account}.dkr.ecr.${definition.region}.amazonaws.com`;
  const docker = dockerFor(clusterPath(definition.name));
  const digests: Record<string, Digest> = {};
  let isLoggedIn = false;
  for (const { name, repository, dockerfile, context } of imageSources(
    placement,
    options.source,
    options.images,
  )) {
    const reference = `${registry}/${repository}:${options.tag}`;
    let digest = await pushedDigest(session, repository, options.tag);
    if (digest !== undefined) say(`  ${name}: ${reference} is there already`);
    else say(`  ${name}: ${dryRun ? "would build" : "building"} ${reference} from ${dockerfile}`);
    if (digest === undefined && !dryRun) {
      if (!isLoggedIn) await docker.logIn(registry, await aws.text(["ecr", "get-login-password"]));
      isLoggedIn = true;
      await docker.build(reference, dockerfile, context);
      await docker.push(reference);
      digest = await pushedDigest(session, repository, options.tag);
    }
    if (digest !== undefined) digests[name] = digest;
  }
  if (!dryRun) say(`  ${writeRelease(placement, digests)} is written; npm run synth, and commit both`);
  return digests;
}

const imageDetails = v.object({ imageDetails: v.array(v.object({ imageDigest: v.string() })) });

function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Digest of the image that a repository holds under a tag; undefined if there is none. */
async function pushedDigest({ aws }: Session, repository: string, tag: string): Promise<Digest | undefined> {
  const which = ["--repository-name", repository, "--image-ids", `imageTag=${tag}`];
  const found = await aws.attempt(imageDetails, ["ecr", "describe-images", ...which]);
  if ("failure" in found) {
    if (errorCodeOf(found.failure) === "ImageNotFoundException") return undefined;
    throw new ProblemsError([failureProblem(aws.target, found.failure)]);
  }
  const digest = found.value.imageDetails[0]?.imageDigest ?? "";
  return isDigest(digest) ? digest : undefined;
}

function findPlacement({ definition }: Session, wanted: string): Placement {
  const { name, placements } = definition;
  const byName = new Map(placements.map((each) => [`${each.app}-${each.environment}`, each]));
  const found = byName.get(wanted);
  if (found !== undefined) return refuseFrozen(found);
  const known = [...byName.keys()];
  const what = `there is no placement ${wanted} on ${name}`;
  const fix = didYouMean(wanted, known, `name one of: ${known.join(", ")}`);
  throw new ProblemsError([{ rule: "usage", at: { definition: clusterPath(name) }, what, fix }]);
}

/** What is frozen gets its images from the environment before, with the configuration that they were tried with. */
function refuseFrozen(placement: Placement): Placement {
  const { app, environment, promotion } = placement;
  if (!isFrozen(promotion, environment)) return placement;
  const { order } = promotion;
  const [first = ""] = order;
  const before = order[order.indexOf(environment) - 1] ?? first;
  const what = `${environment} is frozen: its release changes by a promotion, and not by a build`;
  const fix = `build for ${app}-${first}, which follows main, then npm run slipway -- promote ${app} --from ${before} --to ${environment}; an image that is in ECR already: npm run slipway -- release set-image ${app} ${first} <image> --from-ecr <tag>`;
  throw new ProblemsError([
    { rule: "build-push", at: { definition: releasePath(app, environment) }, what, fix },
  ]);
}

const release = v.looseObject({ images: v.record(v.string(), v.string()) });

/** Puts the digests into the release, and leaves all else of it as it is. Returns its path from the root. */
function writeRelease({ app, environment }: Placement, digests: Digests): string {
  const path = releasePath(app, environment);
  const before = v.parse(release, JSON.parse(readFileSync(join(root, path), "utf8")));
  const after = { ...before, images: { ...before.images, ...digests } };
  replaceFile(join(root, path), `${JSON.stringify(after, undefined, 2)}\n`);
  return path;
}
