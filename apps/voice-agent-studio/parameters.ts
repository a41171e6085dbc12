import type { AppContext, SecretRotation } from "#synth";
import type { SizeName } from "./sizes.ts";

/** What one environment of Voice Agent Studio decides. */
export interface Parameters extends SecretRotation {
  /** Name that users type; also NEXT_PUBLIC_APP_URL, with https. */
  readonly host: string;
  /** How many people it is for. */
  readonly size: SizeName;
  /** Where agent configurations live. */
  readonly storage: AgentStorage;
  /** How it reaches a model. Default: `{ mode: "irsa" }`. */
  readonly authentication?: Authentication;
  /** The model that answers. Default: Claude Sonnet 4.6 through the `us` profile. */
  readonly model?: Model;
  /** How agents sound and in which language they listen. Default: Joanna, neural, en-US. */
  readonly speech?: Speech;
  /** Requests a minute from one address. Default: 300; on AWS the web ACL of the load balancer holds the number. */
  readonly requestsPerMinute?: number;
  /** `vpc`: AWS is reached through interface endpoints in the cluster's network. Default: public. */
  readonly awsEndpoints?: "public" | "vpc";
}

/** How the studio reaches a model. */
export type Authentication =
  /** The AWS SDK with the pod's own role. No secret, no session in the pod. */
  | { readonly mode: "irsa" }
  /** kiro-cli processes with the tokens of somebody's `kiro-cli login`, kept in the pod for each session. */
  | {
      readonly mode: "token-volume";
      /** Name of the token file below `~/.kiro/auth`. Default: credentials.json. */
      readonly tokenFile?: string;
    }
  /** The AWS SDK with a Bedrock API key, which expires. No session in the pod. */
  | { readonly mode: "api-key" };

/** The volume of agent configurations; sizes as Kubernetes quantities. */
export type AgentStorage =
  /** One node mounts it (EBS): one replica, stopped before the next one starts. */
  | { readonly kind: "block"; readonly size: `${number}Gi` }
  /** Every pod mounts it (EFS, which ignores the size and grows). */
  | { readonly kind: "shared"; readonly size: `${number}Gi` };

/** A Bedrock model, which newer Anthropic models let nobody call except through an inference profile. */
export interface Model {
  /** Without a geography in front, such as `anthropic.claude-sonnet-4-6`. */
  readonly foundationModel: `anthropic.claude-${string}`;
  /** Geography of the inference profile, which keeps requests within its regions. */
  readonly geography: "us" | "eu" | "apac";
  /** Every region the profile may send a request to: `aws bedrock get-inference-profile` lists them. */
  readonly regions: readonly [string, ...string[]];
}

export interface Speech {
  /** Polly voice. */
  readonly voice: string;
  /** Polly engine; not every voice has each. */
  readonly engine: "standard" | "neural" | "long-form" | "generative";
  /** Transcribe language code. */
  readonly language: `${string}-${string}`;
}

export const claudeSonnet: Model = {
  foundationModel: "anthropic.claude-sonnet-4-6",
  geography: "us",
  regions: ["us-east-1", "us-east-2", "us-west-2"],
};

export const joanna: Speech = { voice: "Joanna", engine: "neural", language: "en-US" };

/** Id of the inference profile, which is what the app sends as the model's id. */
export function profileOf(model: Model): string {
  return `${model.geography}.${model.foundationModel}`;
}

/** Context of a placement of this app, as its parts read it. */
export type StudioContext = AppContext<Parameters, never, "app">;
