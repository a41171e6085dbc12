import type { Problem } from "../../../synth/model/problem.ts";
import { KubernetesError } from "../../kubernetes/client.ts";
import type { Manifest } from "../dist/manifests.ts";
import { manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { inParallel } from "./in-parallel.ts";
import { complain, counted } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

/** 8: the API server takes every object of dist, with all it knows of its kind and no unknown field. */
export async function dryRun(site: Site): Promise<Outcome> {
  const { manifests, problems } = manifestsOf(site);
  const refused = await inParallel(manifests, (manifest) => refusal(site, manifest));
  return {
    summary: `${counted(manifests.length, "object")} taken by the API server`,
    problems: [...problems, ...refused.flat()],
  };
}

async function refusal(site: Site, { object, definition }: Manifest): Promise<readonly Problem[]> {
  try {
    await site.client.apply(object, { fieldManager: "slipway-verify", force: true, dryRun: true });
    return [];
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    const fix =
      error.status === 0
        ? "see why the API server does not answer: its log is in the cluster's state folder"
        : "correct the field in the definition, then npm run synth";
    return [
      complain("dry-run", site, {
        object,
        definition,
        what: `the API server refuses it: ${error.message}`,
        fix,
      }),
    ];
  }
}
