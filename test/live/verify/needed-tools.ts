import { controlPlaneTools } from "../../../scripts/control-plane/start.ts";
import type { ToolName } from "../../../scripts/tools/table.ts";

/** What verifying a cluster with either reconciler runs. */
export const neededTools: readonly ToolName[] = [
  ...controlPlaneTools,
  "argocd",
  "helm",
  "rollouts-controller",
  "kustomize-controller",
  "source-controller",
];
