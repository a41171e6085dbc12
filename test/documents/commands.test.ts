import { describe, expect, test } from "vitest";
import { awsRules } from "./aws-rules.ts";
import { definitionRules } from "./definition-rules.ts";
import { documentedCommands } from "./documents.ts";
import { liveClusterRules } from "./live-cluster-rules.ts";
import { localRules } from "./local-rules.ts";
import { releaseRules } from "./release-rules.ts";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

/** In this order, each on what those before it left. */
const rules: Readonly<Record<string, Rule>> = {
  ...definitionRules,
  ...localRules,
  "npm run test:types": its.inNpmTest,
  "npm run format": its.prints("Finished"),
  ...awsRules,
  "npm run schemas": its.startsScript("scripts/schemas/generate.ts"),

  "npm ci": its.inContinuousIntegration,
  "npm ci && npm run synth": its.inContinuousIntegration,
  "npm test": its.inContinuousIntegration,
  "npm run test:live": its.inContinuousIntegration,
  ...releaseRules,
  // What not to do.
  "git commit -a": its.mentioned,
  "git fetch": its.mentioned,
  ".ci/run": its.executable,
  ...liveClusterRules,
};

/** Lists of where other documents were not followed quote their commands. */
const instructions = documentedCommands.filter(({ document }) => !document.startsWith("docs/decisions/"));

describe("a command that a document tells a reader to run", () => {
  test.each(Object.entries(rules))("holds: %s", (command, rule) => rule(command));

  test("has a rule here, and every rule a document", () => {
    const documented = new Set(instructions.map(({ command }) => command));
    expect(Object.keys(rules).toSorted()).toEqual([...documented].toSorted());
  });
});
