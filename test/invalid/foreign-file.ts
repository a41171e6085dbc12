import { differingTree, file, invalidTree } from "./dist-tree.ts";

export default [
  invalidTree(
    {
      title: "a file of somebody else in the way",
      what: "pond renders dist/garden/Pond.a.yaml, but dist/garden/Pond.a.yaml is there and Slipway did not write it",
      fix: "move dist/garden/Pond.a.yaml out of dist, or remove it",
    },
    [file("garden/Pond.a.yaml")],
    { "garden/Pond.a.yaml": "kind: Pond\n" },
  ),
  differingTree(
    {
      title: "a file of somebody else in dist",
      what: "dist/garden/notes.txt is in dist, but Slipway did not write it",
      fix: "move it out of dist, or remove it",
    },
    [],
    { "garden/notes.txt": "feed the fish\n" },
  ),
];
