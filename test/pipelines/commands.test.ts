import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inOneProcess } from "../commands/one-process.ts";
import { repository } from "../commands/slipway.ts";

const pipelines = [
  ...globSync(".github/workflows/*.yaml", { cwd: repository }),
  "apps/content-studio/Jenkinsfile",
];
const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(repository, "package.json"), "utf8"),
);

interface Called {
  readonly pipeline: string;
  /** Such as `slipway` or `verify:live`. */
  readonly script: string;
  /** What the script itself ends with and what is added behind `--`. */
  readonly words: readonly string[];
}

const called: readonly Called[] = pipelines.flatMap((pipeline) =>
  [
    ...readFileSync(join(repository, pipeline), "utf8").matchAll(
      /npm run (?:--silent )?([\w:-]+)([^\n>|]*)/g,
    ),
  ].map(([, script = "", rest = ""]): Called => ({
    pipeline,
    script,
    words: [...(manifest.scripts[script] ?? "").split(" "), ...rest.split(/[\s']+/)].filter(
      (word) => word !== "",
    ),
  })),
);

const slipway = inOneProcess();

/** The help of a command with its subcommand, if it has one. */
async function help(...words: readonly string[]): Promise<string> {
  return (await slipway([...words, "--help"])).stdout;
}

describe("a command that a pipeline calls", () => {
  test.each(called)("$pipeline: npm run $script is a script", ({ script }) => {
    expect(manifest.scripts).toHaveProperty([script]);
  });

  test.each(called.filter(({ words }) => words.includes("scripts/cli.ts")))(
    "$pipeline: slipway knows $words",
    async ({ words }) => {
      const [command = "", next = ""] = words
        .slice(words.indexOf("scripts/cli.ts") + 1)
        .filter((word) => word !== "--");
      const text = await (command === "release" ? help(command, next) : help(command));
      expect(text).toContain(`Usage: slipway ${command}`);
      const flags = words.filter((word) => word.startsWith("--") && word !== "--");
      for (const flag of flags) expect(text).toContain(flag);
    },
  );
});
