import { differingTree, file } from "./dist-tree.ts";

export default [
  differingTree(
    {
      title: "a dist that somebody edited",
      what: "dist/garden/Pond.a.yaml of pond differs from what its definition renders\n  line 2 (- as it is in dist, + as it is rendered)\n  - kind: Lake\n  + kind: Pond",
      fix: "npm run synth; to keep an edit made in dist, change the definition (platform/pond.ts), not the file",
    },
    [file("garden/Pond.a.yaml", "# slipway: pond\nkind: Pond\n")],
    { "garden/Pond.a.yaml": "# slipway: pond\nkind: Lake\n" },
  ),
];
