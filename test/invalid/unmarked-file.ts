import { file, invalidTree } from "./dist-tree.ts";

export default [
  invalidTree(
    {
      title: "a file that could not be told from a foreign one",
      what: "pond renders dist/garden/Pond.a.yaml without the first line that marks it as Slipway's",
      fix: 'start the file\'s content with "# slipway: "',
    },
    [file("garden/Pond.a.yaml", "kind: Pond\n")],
  ),
];
