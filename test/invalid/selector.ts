import { flows, k8s } from "#synth";
import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const fix = "use the selector of the component it is meant for, or remove it";

export default [
  invalidGarden(
    {
      title: "a Service without pods",
      what: "it selects pods with app=web, and none in namespace shop-dev has these labels",
      fix,
      object: "Service/shop-dev/public spec.selector",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeService, "public", { spec: { selector: { app: "web" }, ports: [{ port: 80 }] } });
      },
    },
  ),
  invalidGarden(
    {
      title: "a flow from pods that do not exist",
      what: "it selects pods with app=worker, and none in namespace shop-dev has these labels",
      fix,
      object: "NetworkPolicy/shop-dev/web-again spec.ingress[0].from[0]",
    },
    {
      render: (stage, context) => {
        const web = webServer(stage, context);
        stage.add(k8s.KubeNetworkPolicy, "web-again", {
          spec: {
            podSelector: { matchLabels: { ...web.selector } },
            policyTypes: ["Ingress"],
            ingress: [{ from: [{ podSelector: { matchLabels: { app: "worker" } } }] }],
          },
        });
      },
    },
  ),
  invalidGarden(
    {
      title: "a flow from a namespace that does not exist",
      what: "it names namespace traffik, which does not exist",
      fix: "correct the namespace, or remove the flow",
    },
    {
      addons: [addon("traefik")],
      render: (stage, context) => {
        const web = webServer(stage, context);
        const from = { name: "traefik", namespace: "traffik", selector: {} };
        flows(stage, [
          { from: { ...from, outside: "namespace" }, to: { ...web.port("http"), component: "web-2" } },
        ]);
      },
    },
  ),
];
