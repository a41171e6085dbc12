import { file, invalidTree } from "./dist-tree.ts";

export default [
  invalidTree(
    {
      title: "half of an emoji",
      what: "pond renders dist/garden/Pond.a.yaml with half of a surrogate pair, which UTF-8 cannot hold",
      fix: "remove the character from the definition; it usually comes from cutting a string inside an emoji",
    },
    [file("garden/Pond.a.yaml", "# slipway: pond\nfish: \ud83d\n")],
  ),
];
