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
];
