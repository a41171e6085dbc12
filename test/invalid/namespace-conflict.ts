import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a namespace with two Pod Security levels",
      what: "namespace water is declared both restricted and privileged",
      fix: "let its owners agree on one Pod Security level, or give one of them its own namespace",
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
      what: "namespace shop is shared by an app, which closes its network, and an add-on, which leaves it open",
      fix: "give the app a namespace of its own",
      object: "Namespace/shop",
    },
    { namespace: "shop", addons: [addon("till", { namespace: { name: "shop" } })] },
  ),
];
