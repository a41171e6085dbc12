import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveCharts } from "../../inflate/chart-server.ts";
import type { ChartServer } from "../../inflate/chart-server.ts";
import { packageChart } from "../../inflate/package-chart.ts";

const crd = (kind: string, plural: string): string =>
  JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.argoproj.io` },
    spec: {
      group: "argoproj.io",
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: "v1alpha1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  });

/** Serves a chart with Argo CD's name and kinds and nothing that runs, for Helm to install; version 1.0.0. */
export async function serveArgoChart(): Promise<ChartServer> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-chart-"));
  const chart = packageChart(
    { path: "helm", version: "" },
    {
      "Chart.yaml": "apiVersion: v2\nname: argo-cd\nversion: 1.0.0\n",
      "crds/application.yaml": crd("Application", "applications"),
      "crds/project.yaml": crd("AppProject", "appprojects"),
      "templates/settings.yaml":
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  name: {{ .Values.fullnameOverride }}\n",
    },
    folder,
  );
  rmSync(folder, { recursive: true, force: true });
  return serveCharts([chart]);
}
