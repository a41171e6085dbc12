import { file, invalidTree } from "./dist-tree.ts";

export default [
  invalidTree(
    {
      title: "a path out of dist",
      what: 'pond renders the path "garden/../Pond.a.yaml", which has a segment "." or ".."',
      fix: "rename the object, or the placement, that gives the path this part",
    },
    [file("garden/../Pond.a.yaml")],
  ),
];
