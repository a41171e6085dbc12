import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const fix = "give the add-on another name";

export default [
  invalidGarden(
    {
      title: "an add-on that is called like a placement",
      what: "shop-dev is the name of an add-on (platform/shop-dev.ts) and of a placement (apps/shop/app.ts)",
      fix,
    },
    { addons: [addon("shop-dev", { namespace: { name: "till" } })] },
  ),
  invalidGarden(
    {
      title: "an add-on that is called like the cluster's namespaces",
      what: "namespaces is the name of the cluster's namespaces (clusters/garden.ts) and of an add-on (platform/namespaces.ts)",
      fix,
    },
    { addons: [addon("namespaces")] },
  ),
  invalidGarden(
    {
      title: "a placement that is called like its cluster",
      what: "shop-dev is the name of the cluster and of a placement (apps/shop/app.ts)",
      fix: "give the app another name, or the cluster",
    },
    { cluster: "shop-dev" },
  ),
  invalidGarden(
    {
      title: "two add-ons of one name",
      what: "pond is the name of an add-on (platform/pond.ts) and of an add-on (platform/pond.ts)",
      fix,
    },
    { addons: [addon("pond"), addon("pond")] },
  ),
];
