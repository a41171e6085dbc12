import { httpIngress } from "#synth";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { frozenGarden } from "./frozen.ts";
import { certificate, factsWith, webServer } from "./garden.ts";

const renewed = certificate.replace("11111111", "22222222");

export default [
  {
    title: "a frozen slice with the certificate before the present one",
    what: `it is frozen with certificateArn ${certificate}, and the cluster's facts say ${renewed}`,
    fix: "npm run slipway -- release refresh-facts garden",
    object: "shop-staging",
    found: () => {
      const { fleet, cluster, dist, text } = frozenGarden({
        render: (stage, context) => {
          const web = webServer(stage, context);
          httpIngress(stage, "web", { host: "shop.example.com", routes: { "/": web.port("http") } });
        },
      });
      const facts = new Map([[cluster.name, factsWith({ certificateArn: renewed })]]);
      const releases = new Map([["shop/staging", text]]);
      return synthesizeCluster(fleet, cluster, { facts, releases, dist });
    },
  },
];
