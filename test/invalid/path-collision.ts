import { file, invalidTree } from "./dist-tree.ts";

export default [
  invalidTree(
    {
      title: "one path for two objects",
      what: "pond (platform/pond.ts) and pond (platform/pond.ts) both want dist/garden/Pond.a.yaml and dist/garden/pond.a.yaml, which are the same path on macOS and Windows",
      fix: "rename one of the two objects, or keep only one of them",
    },
    [file("garden/Pond.a.yaml"), file("garden/pond.a.yaml")],
  ),
];
