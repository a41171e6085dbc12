import { stepOf, steps } from "../dist/steps.ts";
import { orderProblems } from "../record/order.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { counted } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

/** 1: CRDs before their objects, migrations before servers, nothing retried: from what was recorded since the bootstrap. */
export async function order(site: Site): Promise<Outcome> {
  const { recorder, view, cluster } = site;
  const wanted = manifestsOf(site);
  const units = steps(wanted.manifests, view.slices(wanted.manifests));
  const unitOf = stepOf(wanted.manifests, view.appliedBy);
  const problems = orderProblems({
    cluster: cluster.name,
    histories: recorder.history.all,
    units,
    unitOf,
    troubles: recorder.troubles,
    definitionOf: definitionsOf(site, wanted),
  });
  const created = [...recorder.history.all.values()].filter(
    ({ object, createdAt }) => createdAt !== undefined && unitOf(object) !== undefined,
  );
  return {
    summary: `${counted(created.length, "object")} in ${counted(units.length, "step")}, none too early, nothing retried`,
    problems,
  };
}
