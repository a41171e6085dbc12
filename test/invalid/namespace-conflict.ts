import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a namespace with two Pod Security levels",
      what: "namespace water of pond and well is both restricted and privileged",
      fix: "let them agree, or give one of them a namespace of its own",
      object: "Namespace/water",
    },
    {
      addons: [
        addon("pond", { namespace: { name: "water" } }),
        addon("well", { namespace: { name: "water", podSecurity: "privileged", because: "it digs" } }),
      ],
    },
  ),
  invalidGarden(
    {
      title: "a namespace that an app shares with an add-on",
      what: "namespace shop is claimed by till and shop-dev",
      fix: "give each app, in each of its environments, a namespace of its own: namespace in place(…)",
      object: "Namespace/shop",
    },
    { namespace: "shop", addons: [addon("till", { namespace: { name: "shop" } })] },
  ),
];
