import { secret } from "#synth";
import type { Mount, SecretRef, Stage } from "#synth";
import type { Authentication, StudioContext } from "./parameters.ts";

/** Home of the image's user; kiro-cli keeps its state below it. */
export const home = "/home/node";

interface Access {
  /** Whether sessions are processes of one pod, so that their requests must come back to it. */
  readonly stateful: boolean;
  /** NEXTAUTH_SECRET and the like, each key a variable. */
  readonly secrets: SecretRef;
  readonly mounts: readonly Mount[];
}

export function authenticationOf({ parameters }: StudioContext): Authentication {
  return parameters.authentication ?? { mode: "irsa" };
}

/** The secrets and files of the chosen mode. */
export function access(stage: Stage, context: StudioContext): Access {
  const authentication = authenticationOf(context);
  switch (authentication.mode) {
    case "irsa":
      refuseWithoutRole(context);
      return { stateful: false, secrets: appSecrets(stage), mounts: [] };
    case "api-key":
      return {
        stateful: false,
        secrets: appSecrets(stage, "AWS_BEARER_TOKEN_BEDROCK"),
        mounts: [],
      };
    case "token-volume":
      return {
        stateful: true,
        secrets: appSecrets(stage),
        mounts: tokenMounts(secret(stage, "kiro-auth", { keys: ["credentials"] }), authentication.tokenFile),
      };
  }
}

function appSecrets(stage: Stage, ...more: readonly string[]): SecretRef {
  return secret(stage, "voice-agent-studio-secrets", {
    keys: ["NEXTAUTH_SECRET", ...more],
    // It signs sessions: any random value will do, where nothing else is in the entry.
    ...(more.length === 0 && { generated: true }),
  });
}

/**
 * The whole directory and not a subPath, so that a rotated token reaches running pods. `~/.kiro` is
 * scratch of its own: below a scratch home, the runtime would create it for the mount, owned by root.
 */
function tokenMounts(tokens: SecretRef, tokenFile = "credentials.json"): readonly Mount[] {
  return [
    { path: `${home}/.kiro`, source: { scratch: "kiro-home" } },
    {
      path: `${home}/.kiro/auth`,
      readOnly: true,
      source: { secret: tokens, items: { credentials: tokenFile }, mode: 0o440 },
    },
  ];
}

function refuseWithoutRole({ cluster, report }: StudioContext): void {
  if (cluster.provider === "eks") return;
  report(
    `authentication mode irsa needs an IAM role, and ${cluster.name} does not run on AWS`,
    'choose { mode: "api-key" } or { mode: "token-volume" } there',
  );
}
