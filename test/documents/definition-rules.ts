import { expect } from "vitest";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

const { copy } = its;
const explained =
  "dist/attractor-factory/applications/attractor-factory-prod/3-serve/Deployment.factory-api.yaml";

/** Definitions are added and rendered, and what is rendered is asked for. What `new` adds renders, so it comes before `synth`. */
export const definitionRules: Readonly<Record<string, Rule>> = {
  "npm run slipway -- new app billing": its.prints(/^added {4}apps\/billing\/app\.ts$/m),
  "npm run slipway -- new addon node-problem-detector": its.prints("added    platform/node-problem-detector"),
  "npm run slipway -- new cluster payments-prod": its.prints("added    clusters/payments-prod.ts"),
  "npm run synth": its.prints(/^payments-prod +\d+ added$/m),
  "npm run slipway -- synth --check": checkTwice,
  "npm run check": its.prints(/^dist is in step: \d+ files$/m),
  "npm run slipway -- list": its.prints(/^billing +local +local /m),
  [`npm run slipway -- explain ${explained}`]: its.prints("apps/attractor-factory/app.ts"),
  "npm run slipway -- explain <path in dist>": (command) =>
    its.prints("platform/priority-classes.ts")(
      command.replace("<path in dist>", "dist/local/foundation/priority-classes"),
    ),
  "npm run slipway -- explain dist/<cluster>/<layer>/<add-on or placement>": () =>
    its.prints("content-studio/datadog/datadog: api-key")(
      "npm run slipway -- explain dist/content-studio/controllers/datadog",
    ),
  "npm run slipway -- explain dist/content-studio/applications/content-studio-prod": its.prints(
    "content-studio/content-studio/prod/gemini: apiKey",
  ),
  "npm run slipway -- explain dist/content-studio/controllers/datadog": its.prints(
    "content-studio/datadog/datadog: api-key",
  ),
  "npm run slipway -- explain dist/attractor-factory/applications/attractor-factory-prod": its.prints(
    "attractor-factory/attractor-factory/prod/postgres: superuserPassword, ",
  ),
  "npm run slipway -- explain dist/voice-agent-prod/applications/voice-agent-studio-prod": its.prints(
    "voice-agent-prod/voice-agent-studio/prod/voice-agent-studio-secrets: NEXTAUTH_SECRET",
  ),
  "npm run slipway -- where postgres:17": its.prints("StatefulSet postgres"),
  "npm run slipway -- where keda@2.20.2": its.prints("Application keda"),
  "npm run slipway -- where Deployment/factory-api": its.prints("factory-system-staging"),
  "npm run slipway -- doctor": its.prints(/^! .*example value/m),
};

/** The README's three exit codes. */
async function checkTwice(command: string): Promise<void> {
  await its.prints("dist is in step")(command);
  const edited = "dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml";
  const undo = [copy.edit(edited, "value: ", "value: 1")];
  const differs = await its.shell(command);
  expect(differs.status).toBe(2);
  expect(differs.stderr).toContain(`${edited} of priority-classes differs`);
  undo.push(copy.edit("apps/billing/releases/local.json", "{", ""));
  const failed = await copy.slipway("synth", "--check");
  for (const each of undo) each();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/^apps\/billing\/releases\/local\.json\n {2}✗ .*\n {4}fix {4}\S/m);
}
