import { k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a budget that allows no eviction",
      what: "it lets none of 1 pod of Deployment web be evicted (minAvailable 1), so their nodes never drain",
      fix: "use maxUnavailable: 1",
      object: "PodDisruptionBudget/shop-dev/web spec",
    },
    {
      render: (stage, context) => {
        const { selector } = webServer(stage, context, { replicas: 1 });
        stage.add(k8s.KubePodDisruptionBudget, "web", {
          spec: { minAvailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: { ...selector } } },
        });
      },
    },
  ),
  invalidGarden(
    {
      title: "a second budget for the same pods",
      what: "Deployment web has budget web already: with two the API server evicts none of its pods",
      fix: "remove one of the two, or make their selectors apart",
    },
    {
      render: (stage, context) => {
        const { selector } = webServer(stage, context);
        stage.add(k8s.KubePodDisruptionBudget, "web-2", {
          spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: { ...selector } } },
        });
      },
    },
  ),
];
