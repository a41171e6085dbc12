import type { FileSpec } from "../../synth/layout/file-spec.ts";

/**
 * Two trees of about 300 files that share some files, differ in some, and each have some, and some folders, of their own.
 * Apart from trees.ts because writer.ts runs without vitest.
 */
export const twoTrees: Readonly<Record<"a" | "b", readonly FileSpec[]>> = {
  a: Array.from({ length: 300 }, (_, index) => file("a", index)),
  b: Array.from({ length: 310 }, (_, index) => file("b", index)),
};

function file(tree: "a" | "b", index: number): FileSpec {
  const owner = `app-${index % 12}`;
  const differs = index % 3 === 0;
  const folder = index % 10 === 0 ? `${owner}-${tree}` : owner;
  return {
    path: `prod/applications/${folder}/ConfigMap.c${index}.yaml`,
    content: `# slipway: ${owner} from apps/app.ts\nvalue: ${index}${differs ? tree : ""}\n${"# filler\n".repeat(50)}`,
    cluster: "prod",
    owner,
    definition: "apps/app.ts",
  };
}
