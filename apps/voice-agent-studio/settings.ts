import { config, publicUrl } from "#synth";
import type { ConfigRef, Stage } from "#synth";
import { home } from "./authentication.ts";
import { claudeSonnet, joanna, profileOf } from "./parameters.ts";
import type { StudioContext } from "./parameters.ts";
import { sizes } from "./sizes.ts";

/** Region of Bedrock, Polly and Transcribe where the cluster itself is in none. */
const regionOffAws = "us-east-1";

/** The app's environment, apart from its secrets. */
export function settings(stage: Stage, context: StudioContext): ConfigRef {
  const { cluster, parameters } = context;
  const { host, size, model = claudeSonnet, speech = joanna } = parameters;
  return config(stage, "voice-agent-studio-config", {
    NODE_ENV: "production",
    PORT: "3000",
    // Container runtimes set HOSTNAME to the pod's name, and the server would listen on that alone.
    HOSTNAME: "0.0.0.0",
    HOME: home,
    NEXT_PUBLIC_APP_URL: publicUrl(context, host),
    AWS_REGION: cluster.provider === "eks" ? cluster.region : regionOffAws,
    BEDROCK_MODEL_ID: profileOf(model),
    POLLY_VOICE_ID: speech.voice,
    POLLY_ENGINE: speech.engine,
    TRANSCRIBE_LANGUAGE_CODE: speech.language,
    KIRO_CLI_PATH: "/usr/local/bin/kiro-cli",
    KIRO_WORKSPACE_DIR: "/app",
    MAX_ACP_SESSIONS: String(sizes[size].maxSessions),
  });
}
