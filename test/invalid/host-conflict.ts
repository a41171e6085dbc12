import { httpIngress } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "one address with two Ingresses",
      what: "it claims shop.example.com/, which Ingress/shop-dev/web (apps/shop/app.ts) claims too",
      fix: "give one of them another host, or another path",
      object: "Ingress/shop-dev/web-2 spec.rules[0].http.paths[0]",
    },
    {
      render: (stage, context) => {
        const web = webServer(stage, context);
        for (const name of ["web", "web-2"]) {
          httpIngress(stage, name, { host: "shop.example.com", routes: { "/": web.port("http") } });
        }
      },
    },
  ),
];
