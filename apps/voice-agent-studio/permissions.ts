import type { EksView, Permissions, PermissionStatement } from "#synth";
import { authenticationOf } from "./authentication.ts";
import { claudeSonnet, profileOf } from "./parameters.ts";
import type { Model, StudioContext } from "./parameters.ts";

/** AWS permissions of the studio's pods: speech in every mode, models only where they use the pod's role. */
export function permissions(context: StudioContext): Readonly<Record<string, Permissions>> {
  const { cluster, namespace, parameters } = context;
  if (cluster.provider !== "eks") return {};
  const models =
    authenticationOf(context).mode === "irsa" ? invokeModel(cluster, parameters.model ?? claudeSonnet) : [];
  return { [`${namespace}/voice-agent-studio`]: { statements: [...models, ...speech(cluster)] } };
}

/** Converse and ConverseStream have no action of their own: these two cover them. */
const invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"] as const;

function invokeModel({ account, region }: EksView, model: Model): readonly PermissionStatement[] {
  const profile = `arn:aws:bedrock:${region}:${account}:inference-profile/${profileOf(model)}`;
  return [
    { actions: invoke, resources: [profile] },
    {
      actions: invoke,
      resources: model.regions.map(
        (destination) => `arn:aws:bedrock:${destination}::foundation-model/${model.foundationModel}`,
      ),
      // Only by way of the profile. No aws:RequestedRegion here: the routed hop is judged where it lands.
      conditions: { StringEquals: { "bedrock:InferenceProfileArn": [profile] } },
    },
  ];
}

function speech({ region }: EksView): readonly PermissionStatement[] {
  return [
    {
      actions: [
        "polly:SynthesizeSpeech",
        "transcribe:StartStreamTranscription",
        "transcribe:StartStreamTranscriptionWebSocket",
      ],
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": [region] } },
      because: "neither Polly speech nor Transcribe streams have resources to name; the region bounds them",
    },
  ];
}
