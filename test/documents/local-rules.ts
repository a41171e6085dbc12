import { expect } from "vitest";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

const { copy } = its;

/** Clusters and images of this machine, as far as they go without Go, a container engine and a cluster. */
export const localRules: Readonly<Record<string, Rule>> = {
  "npm run slipway -- mock --list": its.prints(/^voice-agent-studio:local +voice-agent-studio +3000$/m),
  "npm run slipway -- mock local --load local": its.needsContainerEngine,
  "npm run slipway -- cluster up local --provider kind": its.needsContainerEngine,
  "npm run slipway -- cluster up local": its.needsGo,
  "npm run slipway -- up": its.needsGo,
  "npm run slipway -- up --image app=voice-agent-studio:mine": its.ends(
    1,
    /simulated nodes run no images|has no image voice-agent-studio:mine on this machine/,
  ),
  "npm run slipway -- down": its.prints("local did not run"),
  "npm run slipway -- cluster status": its.prints("no cluster runs on this machine"),
  // What they do to a cluster is tested in test/live.
  "npm run slipway -- cluster load local voice-agent-studio:local": its.ends(
    1,
    /local is not up|no cluster local was started on this machine/,
  ),
  "npm run slipway -- cluster down local": its.prints("local did not run"),
  "npm run slipway -- status --live": meetsNoCluster,
  "npm run slipway -- status --live --serve": meetsNoCluster,
  "npm run slipway -- status --live --cluster local": meetsNoCluster,
  "npm run slipway -- status --live --cluster local --serve": meetsNoCluster,
  // What they find is tested in test/live; `origin/main` is not in a copy.
  "npm run slipway -- verify --live --cluster local": its.needsGo,
  "npm run slipway -- verify --live --cluster attractor-factory --base origin/main": its.ends(
    1,
    "there is no revision origin/main",
  ),
  "npm run verify:live": () =>
    expect(copy.read("package.json")).toContain(
      '"verify:live": "node scripts/cli.ts verify --live --reconciler both"',
    ),
};

/** Neither a cluster of this machine is there, nor the reader's own. */
async function meetsNoCluster(command: string): Promise<void> {
  const none =
    /no cluster local was started on this machine|no kubeconfig to be read at none|no cluster of the fleet was started here/;
  await its.ends(1, none)(`KUBECONFIG=none ${command}`);
}
