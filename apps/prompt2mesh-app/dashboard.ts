import { appDashboard, seriesOf } from "#synth";
import type { Dashboard } from "#synth";
import { slos } from "./slos.ts";

const ready = (part: string) =>
  `sum(${seriesOf("kube_pod_status_ready", { labels: { condition: "true" }, matching: { pod: `${part}-.+` } })})`;

/** What the platform can tell of it; traffic, errors and latency wait for metrics that its images name. */
export const prompt2meshDashboard: Dashboard = appDashboard({
  app: "prompt2mesh-app",
  title: "Prompt2Mesh",
  slos,
  rows: [
    {
      title: "Ready",
      panels: [
        {
          title: "Pods that are ready",
          unit: "short",
          queries: ["backend", "streamlit", "blender"].map((part) => ({
            expression: ready(part),
            legend: part,
          })),
        },
      ],
    },
  ],
});
