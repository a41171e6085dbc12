import { defineAddon, k8s } from "#synth";
import { kubeSystem } from "./kube-system.ts";

/** Priority of the platform's controllers and node agents: a full node makes room for them. */
export const platformPriority = "platform-critical";

/** Far above applications (0), far below Kubernetes' own system-cluster-critical (2,000,000,000). */
const value = 1_000_000;

export const priorityClasses = defineAddon({
  name: "priority-classes",
  description: "Priority of the platform over applications",
  layer: "foundation",
  wanted: () => true,
  namespace: kubeSystem,
  render: (stage) => {
    stage.add(k8s.KubePriorityClass, platformPriority, {
      value,
      globalDefault: false,
      preemptionPolicy: "PreemptLowerPriority",
      description: "Controllers and node agents that applications cannot run without",
    });
  },
});
