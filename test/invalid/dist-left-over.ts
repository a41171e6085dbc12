import { differingTree } from "./dist-tree.ts";

export default [
  differingTree(
    {
      title: "a dist with a file that nothing renders",
      what: "dist/garden/Pond.a.yaml is left over: nothing renders it any longer (it was pond, from platform/pond.ts)",
      fix: "npm run synth",
    },
    [],
    { "garden/Pond.a.yaml": "# slipway: pond, from platform/pond.ts\nkind: Pond\n" },
  ),
];
