import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { helmArguments, installation } from "../../scripts/kind/installation.ts";
import { repository } from "../commands/slipway.ts";

function stepsOf(name: string, reconciler: "argocd" | "flux") {
  const folder = join(repository, "dist", name);
  const files = globSync("**/*.yaml", { cwd: folder }).map(
    (path) => [path, readFileSync(join(folder, path), "utf8")] as const,
  );
  return installation(reconciler, new Map(files));
}

function told(name: string, reconciler: "argocd" | "flux"): readonly string[] | undefined {
  return stepsOf(name, reconciler)?.map((step) => {
    if (step.does === "install")
      return `install ${helmArguments(step.chart, "values.yaml").slice(2, 8).join(" ")}`;
    if (step.does === "wait") return `wait for ${step.object.kind} ${step.condition}`;
    return `apply ${step.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).join(", ")}`;
  });
}

describe("taking a cluster into service", () => {
  test("with Argo CD installs its chart, then applies what brings the rest", () => {
    expect(told("local", "argocd")).toEqual([
      "install argo-cd argo-cd --repo https://argoproj.github.io/argo-helm --version 10.1.1",
      "apply AppProject/slipway, Application/slipway",
    ]);
  });

  test("with Argo CD and monitoring installs the kinds first that its values ask for", () => {
    expect(told("prompt2mesh-prod", "argocd")?.slice(0, 1)).toEqual([
      "install prometheus-operator-crds prometheus-operator-crds --repo https://prometheus-community.github.io/helm-charts --version 31.0.1",
    ]);
  });

  test("with Flux installs the operator, and waits for the Flux that it makes", () => {
    expect(told("conversation-prod", "flux")).toEqual([
      "install flux oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator --version 0.58.1 --namespace flux-system",
      "apply FluxInstance/flux",
      "wait for FluxInstance Ready",
      "apply GitRepository/slipway, Kustomization/slipway",
    ]);
  });

  test.each(fleet.clusters)("of $name has a chart with its version, and values", ({ name, reconciler }) => {
    const steps = stepsOf(name, reconciler) ?? [];
    const charts = steps.flatMap((step) => (step.does === "install" ? [step.chart] : []));
    expect(charts.length).toBeGreaterThan(0);
    for (const { chart, repository, version } of charts) {
      expect(
        [chart, repository, version].every((said) => said !== ""),
        chart,
      ).toBe(true);
    }
    expect(charts.at(-1)?.values).toContain(`# slipway: `);
  });

  test("has no steps for a reconciler that dist is not rendered for", () => {
    expect(told("local", "flux")).toBeUndefined();
    expect(told("nowhere", "argocd")).toBeUndefined();
  });
});
