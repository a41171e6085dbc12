import { makeReport } from "../../scripts/report/make-report.ts";
import type { Report } from "../../scripts/report/report.ts";
import type { Waiver } from "../../synth/gates/waiver.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { clusters, distFiles } from "../changes/dist-files.ts";
import type { Planted } from "../changes/dist-files.ts";

type Planting = readonly (Planted | KubernetesObject)[];

/** A report on what is between two sets of objects, on 27 November 2026. */
export function madeReport(base: Planting, head: Planting, waivers: readonly Waiver[] = []): Report {
  return makeReport({
    base: distFiles(base),
    head: distFiles(head),
    baseName: "0123456789 (main)",
    headName: "the work tree",
    clusters,
    waivers,
    today: "2026-11-27",
  });
}
