import { httpIngress } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a host that is no DNS name",
      what: 'host "shop_dev.example.com" is not a DNS name',
      fix: "use labels of lower-case letters, digits and dashes, joined by dots, at most 253",
      object: "Ingress/shop-dev/web spec.rules[0].host",
    },
    {
      render: (stage, context) => {
        const web = webServer(stage, context);
        httpIngress(stage, "web", { host: "shop_dev.example.com", routes: { "/": web.port("http") } });
      },
    },
  ),
  invalidGarden(
    {
      title: "a cluster whose name is no DNS label",
      what: 'cluster "Garden" is not a DNS label, and is part of paths and names',
      fix: "use lower-case letters, digits and dashes, at most 63, with a letter or digit at both ends",
    },
    { cluster: "Garden" },
  ),
];
