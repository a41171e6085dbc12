import type { Fleet } from "../../synth/model/fleet.ts";
import type { KubernetesVersion } from "../../synth/model/names.ts";
import type { Finding } from "./finding.ts";

/**
 * Days on which AWS ends its support of a Kubernetes version, from the release calendar in
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, as of April 2026.
 */
const eksSupport: Readonly<Record<KubernetesVersion, { standard: string; extended: string }>> = {
  "1.35": { standard: "2027-03-27", extended: "2028-03-27" },
};

/** Days before the end of standard support at which an upgrade of a fleet should have begun: half a year. */
const notice = 180;

/** How long each version that clusters on EKS run is supported, on the given day. */
export function supportFindings({ clusters }: Fleet, today: Date): readonly Finding[] {
  const versions = Map.groupBy(
    clusters.filter(({ provider }) => provider === "eks"),
    ({ kubernetes }) => kubernetes,
  );
  return [...versions].map(([version, members]) =>
    supportFinding(version, members.map(({ name }) => name).toSorted(), today),
  );
}

function supportFinding(version: KubernetesVersion, names: readonly string[], today: Date): Finding {
  const check = "kubernetes";
  const { standard, extended } = eksSupport[version];
  const days = (date: string) => Math.ceil((Date.parse(date) - today.getTime()) / 86_400_000);
  const fix = `upgrade ${names.join(", ")}`;
  if (days(extended) <= 0) {
    const what = `EKS ended all support of Kubernetes ${version} on ${extended}, and upgrades clusters by itself`;
    return { check, level: "fault", what, fix };
  }
  if (days(standard) <= 0) {
    const what = `EKS ended standard support of Kubernetes ${version} on ${standard}: extended support costs extra until ${extended}`;
    return { check, level: "note", what, fix };
  }
  if (days(standard) <= notice) {
    const what = `EKS ends standard support of Kubernetes ${version} on ${standard}, in ${days(standard)} days`;
    return { check, level: "note", what, fix };
  }
  return {
    check,
    level: "ok",
    what: `EKS supports Kubernetes ${version} until ${standard}`,
    fix: "",
  };
}
