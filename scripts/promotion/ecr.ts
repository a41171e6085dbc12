import * as v from "valibot";
import type { Fleet } from "../../synth/model/fleet.ts";
import { isDigest } from "../../synth/model/names.ts";
import type { Digest } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectPath } from "../../synth/model/release.ts";
import { runProgram } from "../process/run-program.ts";
import type { ImageTarget } from "./set-image.ts";

const answer = v.object({ imageDetails: v.array(v.object({ imageDigest: v.string() })) });

/** Milliseconds that ECR may take. */
const patience = 60_000;

/**
 * The digest that a tag has in the registry of the environment's cluster.
 *
 * @param profile of the AWS command line; default: what its environment says
 * @throws ProblemsError if the environment is not on AWS, or the registry has no such tag
 */
export async function digestOfTag(
  fleet: Fleet,
  target: ImageTarget,
  tag: string,
  profile: string | undefined,
): Promise<Digest> {
  const { subject, repository, placement } = target;
  const cluster = fleet.clusters.find(({ placements }) => placements.includes(placement));
  if (cluster?.provider !== "eks") {
    throw refusal(
      target,
      `${subject.step} is not on AWS, so no ECR has its images`,
      "give the digest itself",
    );
  }
  const { account, region } = cluster;
  const args = ["ecr", "describe-images", "--registry-id", account, "--region", region];
  const ran = await runProgram(
    "aws",
    [
      ...args,
      "--repository-name",
      repository,
      "--image-ids",
      `imageTag=${tag}`,
      "--output",
      "json",
      ...(profile === undefined ? [] : ["--profile", profile]),
    ],
    { milliseconds: patience },
  );
  const digest = ran.ok ? firstDigest(ran.stdout) : undefined;
  if (digest !== undefined) return digest;
  throw refusal(
    target,
    `ECR of ${account} in ${region} names no digest for ${repository}:${tag}: ${ran.reason || "its answer holds none"}`,
    "push the image first; check the tag, and that aws sts get-caller-identity is in that account",
  );
}

function firstDigest(text: string): Digest | undefined {
  try {
    const parsed = v.safeParse(answer, JSON.parse(text));
    const digest = parsed.success ? parsed.output.imageDetails[0]?.imageDigest : undefined;
    return digest !== undefined && isDigest(digest) ? digest : undefined;
  } catch {
    return undefined;
  }
}

function refusal({ subject }: ImageTarget, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "release", at: { definition: subjectPath(subject) }, what, fix }]);
}
