import { deliveryCharts } from "./delivery.ts";
import { nodeCharts } from "./nodes.ts";
import { observabilityCharts } from "./observability.ts";
import { securityCharts } from "./security.ts";
import type { StandInChart } from "./chart.ts";

/** Every chart that something stands in for, by its name. */
export const standInCharts: Readonly<Record<string, StandInChart>> = {
  ...deliveryCharts,
  ...nodeCharts,
  ...observabilityCharts,
  ...securityCharts,
};
