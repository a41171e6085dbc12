import { differingTree, file } from "./dist-tree.ts";

export default [
  differingTree(
    {
      title: "a dist without a rendered file",
      what: "dist/garden/Pond.a.yaml of pond is missing from dist",
      fix: "npm run synth",
    },
    [file("garden/Pond.a.yaml")],
    {},
  ),
];
