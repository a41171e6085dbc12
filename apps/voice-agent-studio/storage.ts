import { volumeClaim } from "#synth";
import type { Mount, Stage } from "#synth";
import type { StudioContext } from "./parameters.ts";
import { sizes } from "./sizes.ts";

/** The claim of agent configurations, for a size that its storage can carry, and its mount. */
export function agentConfigs(stage: Stage, { parameters, report }: StudioContext): Mount {
  const { storage, size } = parameters;
  const { max } = sizes[size].pods;
  if (storage.kind === "block" && max > 1) {
    report(
      `size ${size} runs up to ${max} pods, and block storage (ReadWriteOnce) is mounted by one node at a time, so pods on other nodes would never start`,
      'choose storage { kind: "shared" } on a cluster with sharedStorage, or size "demo" or "small"',
    );
  }
  const claim = volumeClaim(stage, "agent-configs", { size: storage.size, access: storage.kind });
  // Not the volume's root, where a block volume has a lost+found that the app must not take for an agent.
  return { path: "/app/.kiro/agents", subPath: "agents", source: { claim } };
}
