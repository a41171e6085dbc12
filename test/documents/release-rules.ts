import { expect } from "vitest";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

/** All that looks at commits or makes them, from the first one on. */
export const releaseRules: Readonly<Record<string, Rule>> = {
  "git add -A && git commit": addsNewFiles,
  // What is committed by now is main.
  "npm run slipway -- diff": onMain(its.prints(/^Nothing changes in any cluster\.$/m)),
  "npm run slipway -- diff --base HEAD~1": onMain(
    its.prints(/^from [0-9a-f]{10} \(HEAD~1\) to the work tree$/m),
  ),
  "npm run slipway -- diff --format markdown": onMain(its.prints(/^### ✅ Nothing changes in any cluster$/m)),
  "npm run slipway -- diff --format html": onMain(its.prints(/<h1>Nothing changes in any cluster<\/h1>/)),
  "npm run slipway -- status": onMain(its.prints(/^attractor-factory +prod +[0-9a-f]{12}/m)),
  "npm run slipway -- status --html fleet.html": onMain(its.prints("wrote fleet.html")),
  "npm run slipway -- status --json": onMain(its.prints(/^\{"commit":"[0-9a-f]{40}"/m)),
  "npm run bench": its.prints("the committed fleet", " -- --runs 1"),
  "npm run slipway -- gate": onMain(its.prints(/^no gate refuses it$/m)),
  "npm run slipway -- gate --json": onMain(its.prints('"refused":[]')),
  "npm run slipway -- gate --kubernetes 1.36": onMain(its.prints(/^no gate refuses it$/m)),
  // Without a remote, branches are made in the clone.
  "npm run slipway -- release set-image voice-agent-studio dev app@sha256:<digest>": (command) =>
    its.prints("voice-agent-studio dev: app is sha256:11")(command.replace("<digest>", "1".repeat(64))),
  "npm run slipway -- release set-image voice-agent-studio dev app --from-ecr 1.4.0":
    // test/promotion/set-image.test.ts runs it, with a registry.
    its.mentioned,
  "npm run slipway -- promote voice-agent-studio --from dev --to staging --dry-run": afterCommit(
    its.prints("dry run: nothing was pushed"),
  ),
  "npm run slipway -- promote voice-agent-studio --from dev --to staging": its.prints(
    "made branch promote/voice-agent-studio/staging/",
  ),
  'npm run slipway -- promote voice-agent-studio attractor-factory --from staging --to prod --why "release 42"':
    its.refuses("image app has no digest in staging"),
  "npm run slipway -- rollback voice-agent-studio prod": its.refuses("no other release to go back to"),
  "npm run slipway -- rollback prompt2mesh-app prod": its.refuses("no other release to go back to"),
  "npm run slipway -- history voice-agent-studio prod": its.prints("First freeze"),
  "npm run slipway -- hotfix voice-agent-studio prod --image app@sha256:<digest>": (command) =>
    // The revision that prod runs is no commit of this copy.
    its.refuses("is neither in this clone nor at a remote")(command.replace("<digest>", "1".repeat(64))),
  "npm run slipway -- hotfix voice-agent-studio prod --revision <commit>": (command) =>
    // It may be frozen at what this commit renders, or at less.
    its.prints(/nothing to do: it runs this release already|made branch hotfix\/voice-agent-studio\/prod\//)(
      command.replace("<commit>", "HEAD"),
    ),
  "npm run slipway -- reproduce": its.refuses("is neither in this clone nor at a remote"),
  "npm run slipway -- reproduce voice-agent-studio prod --write": its.refuses("is neither in this clone"),
  "npm run slipway -- promote cert-manager --addons --from nonprod --to prod": its.refuses(
    "cert-manager follows main on every cluster: there is no order",
  ),
  // test/live/promotion/refresh-facts.test.ts runs it where the revisions are.
  "npm run slipway -- release refresh-facts attractor-factory --dry-run": its.refuses(
    "is neither in this clone nor at a remote",
  ),
  "npm run slipway -- release refresh-facts attractor-factory": its.refuses("is neither in this clone"),
  "npm run slipway -- release refresh-facts <cluster>": its.mentioned,
  "npm run slipway -- aws outputs": its.mentioned,
  "npm run slipway -- release freeze": its.prints("nothing is left to freeze"),
  "npm run slipway -- codeowners": its.prints("CODEOWNERS is in step"),
  "npm run prepare": async (command) => {
    await its.shell(command);
    expect((await its.shell("git config merge.slipway.driver")).stdout).toContain("scripts/merge/driver.ts");
  },
};

/** On a branch main of two commits, with a clean work tree. */
function onMain(rule: Rule): Rule {
  return async (command) => {
    await its.shell(
      "git branch -M main; git rev-parse -q --verify HEAD~1 || git commit -q --allow-empty -m second",
    );
    await rule(command);
  };
}

/** What `synth` added is in the commit. */
async function addsNewFiles(command: string): Promise<void> {
  const identity = "git config user.name reader && git config user.email reader@example.com";
  const { status, stderr } = await its.shell(`git init -q && ${identity} && ${command} -qm all`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { stdout } = await its.shell("git ls-tree -r --name-only HEAD dist/payments-prod");
  expect(stdout).toContain("dist/payments-prod/bootstrap/");
}

/** A promotion moves what is committed. */
function afterCommit(rule: Rule): Rule {
  return async (command) => {
    await its.prints(/changed/)("npm run synth");
    await its.shell("git add -A && git commit -qm image");
    await rule(command);
  };
}
