import { deployment, flows, httpIngress, ingress, internet } from "#synth";
import { webSpec } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an Ingress to a component that no flow opens",
      what: "it routes to port http of Deployment web-shop, which no flow opens to the ingress controller",
      fix: 'add { from: ingress, to: webShop.port("http") } to its flows',
      object: "Ingress/shop-dev/web spec.rules[0].http.paths[0].backend",
    },
    {
      render: (stage, context) => {
        const web = deployment(stage, "web-shop", webSpec(context));
        flows(stage, [{ from: web, to: internet(443) }]);
        const routes = { "/": web.port("http"), "/cart": web.port("http") };
        httpIngress(stage, "web", { host: "shop.example.com", routes });
      },
    },
  ),
  invalidGarden(
    {
      title: "an Ingress to a component that only another one may reach",
      what: "it routes to port http of Deployment desk, which no flow opens to the ingress controller",
      fix: 'add { from: ingress, to: desk.port("http") } to its flows',
    },
    {
      render: (stage, context) => {
        const web = deployment(stage, "web", webSpec(context));
        const desk = deployment(stage, "desk", webSpec(context));
        flows(stage, [
          { from: ingress, to: web.port("http") },
          { from: web, to: desk.port("http") },
        ]);
        httpIngress(stage, "desk", { host: "desk.example.com", routes: { "/": desk.port("http") } });
      },
    },
  ),
  invalidGarden(
    {
      title: "an Ingress to a port beside the one that is open",
      what: "it routes to port admin of Deployment desk, which no flow opens to the ingress controller",
      fix: 'add { from: ingress, to: desk.port("admin") } to its flows',
    },
    {
      render: (stage, context) => {
        const desk = deployment(stage, "desk", {
          ...webSpec(context),
          ports: { http: 8080, admin: 8081 },
        });
        flows(stage, [{ from: ingress, to: desk.port("http") }]);
        httpIngress(stage, "desk", { host: "desk.example.com", routes: { "/": desk.port("admin") } });
      },
    },
  ),
];
