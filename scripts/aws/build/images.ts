import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { didYouMean } from "../../../synth/model/did-you-mean.ts";
import { appPath } from "../../../synth/model/paths.ts";
import type { Placement } from "../../../synth/model/placement.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import type { Problem } from "../../../synth/model/problem.ts";

/** One image of an app, and what it is built from. */
export interface ImageSource {
  readonly name: string;
  readonly repository: string;
  /** Path of the Dockerfile. */
  readonly dockerfile: string;
  /** Folder that is sent to the build. */
  readonly context: string;
}

/**
 * Each image with its Dockerfile: `<source>/<image>/Dockerfile`, or `<source>/Dockerfile.<image>`, or, for an app's only image,
 * `<source>/Dockerfile`.
 *
 * @param names of the images wanted; none for all
 * @throws ProblemsError with each image that the app does not have, or that has no Dockerfile
 */
export function imageSources(
  { app, images }: Placement,
  source: string,
  names: readonly string[],
): readonly ImageSource[] {
  const known = Object.keys(images);
  const problem = (what: string, fix: string): Problem => {
    return { rule: "build-push", at: { definition: appPath(app) }, what, fix };
  };
  const problems: Problem[] = [];
  const found = (names.length === 0 ? known : names).flatMap((name) => {
    const repository = images[name]?.repository;
    if (repository === undefined) {
      const fix = didYouMean(name, known, `name one of: ${known.join(", ")}`);
      problems.push(problem(`${app} has no image ${name}`, fix));
      return [];
    }
    const file = dockerfileOf(resolve(source), name, known.length === 1);
    if (file === undefined) {
      const fix = `add ${name}/Dockerfile or Dockerfile.${name} there, or correct --source`;
      problems.push(problem(`${source} has no Dockerfile for ${name}`, fix));
      return [];
    }
    return [{ name, repository, ...file }];
  });
  if (problems.length > 0) throw new ProblemsError(problems);
  return found;
}

function dockerfileOf(source: string, image: string, isOnly: boolean) {
  const own = join(source, image);
  const candidates = [
    { dockerfile: join(own, "Dockerfile"), context: own },
    { dockerfile: join(source, `Dockerfile.${image}`), context: source },
    ...(isOnly ? [{ dockerfile: join(source, "Dockerfile"), context: source }] : []),
  ];
  return candidates.find(({ dockerfile }) => existsSync(dockerfile) && statSync(dockerfile).isFile());
}
