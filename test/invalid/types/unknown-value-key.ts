import { defineAddon } from "#synth";
import type { MetricsServerValues } from "../../../platform/values/metrics-server.ts";

export const metricsServer = defineAddon({
  name: "metrics-server",
  description: "Measures pods",
  layer: "controllers",
  wanted: () => true,
  namespace: { name: "metrics-server" },
  chart: {
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    name: "metrics-server",
    version: "3.13.1",
    kinds: { cluster: [], namespaced: [] },
    values: (): Partial<MetricsServerValues> => ({
      // error: TS2561
      replica: 2,
    }),
  },
});
