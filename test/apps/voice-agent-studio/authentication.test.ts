import { describe, expect, test } from "vitest";
import { containerPath, kind, kiro, modes, onKind, place } from "./fixture.ts";

const serviceAccount = "voice-agent-studio/voice-agent-studio";
const profile = "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6";
describe("authentication", () => {
  test("by default pods use their own role and hold no key", () => {
    const { of, kinds, permissions, problems } = place();
    expect(problems).toEqual([]);
    expect(kinds.filter((name) => name === "ExternalSecret")).toHaveLength(1);
    expect(of("ExternalSecret", "voice-agent-studio-secrets")).toMatchObject({
      spec: { data: [{ secretKey: "NEXTAUTH_SECRET" }] },
    });
    expect(permissions[serviceAccount]?.statements).toHaveLength(3);
  });

  test("models are allowed through the inference profile alone, in its regions alone", () => {
    const statements = place().permissions[serviceAccount]?.statements ?? [];
    expect(statements.slice(0, 2)).toEqual([
      {
        actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
        resources: [profile],
      },
      {
        actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
        resources: ["us-east-1", "us-east-2", "us-west-2"].map(
          (region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-sonnet-4-6`,
        ),
        conditions: { StringEquals: { "bedrock:InferenceProfileArn": [profile] } },
      },
    ]);
  });

  test.each(modes)("in mode %s every statement on * is bounded by region and says why", (mode) => {
    const statements = place({ authentication: { mode } }).permissions[serviceAccount]?.statements ?? [];
    const open = statements.filter(({ resources }) => resources.includes("*"));
    expect(open).toHaveLength(1);
    expect(open[0]?.conditions).toEqual({ StringEquals: { "aws:RequestedRegion": ["us-east-1"] } });
    expect(open[0]?.because).toBeTruthy();
  });

  test.each(["token-volume", "api-key"] as const)(
    "in mode %s the role speaks but invokes no model",
    (mode) => {
      const statements = place({ authentication: { mode } }).permissions[serviceAccount]?.statements ?? [];
      expect(statements.flatMap(({ actions }) => actions)).toEqual([
        "polly:SynthesizeSpeech",
        "transcribe:StartStreamTranscription",
        "transcribe:StartStreamTranscriptionWebSocket",
      ]);
    },
  );

  test("an API key comes from the secret store, beside the app's secret", () => {
    const { of } = place({ authentication: { mode: "api-key" } });
    expect(of("ExternalSecret", "voice-agent-studio-secrets")).toMatchObject({
      spec: { data: [{ secretKey: "NEXTAUTH_SECRET" }, { secretKey: "AWS_BEARER_TOKEN_BEDROCK" }] },
    });
  });

  test("tokens are mounted read-only in the user's home, and follow a rotation", () => {
    const { of } = place({ authentication: kiro });
    const mount = { mountPath: "/home/node/.kiro/auth", name: "kiro-auth", readOnly: true };
    expect(of("Deployment")).toHaveProperty(`${containerPath}.volumeMounts`, expect.arrayContaining([mount]));
    expect(of("Deployment")).toHaveProperty(
      "spec.template.spec.volumes",
      expect.arrayContaining([
        {
          name: "kiro-auth",
          secret: {
            secretName: "kiro-auth",
            defaultMode: 0o440,
            items: [{ key: "credentials", path: "credentials.json" }],
          },
        },
      ]),
    );
  });

  test("the role's mode is refused where there is no AWS", () => {
    const { problems, permissions } = place({ cluster: kind, capabilities: onKind });
    expect(problems).toEqual([
      {
        what: "authentication mode irsa needs an IAM role, and local-test does not run on AWS",
        fix: 'choose { mode: "api-key" } or { mode: "token-volume" } there',
      },
    ]);
    expect(permissions).toEqual({});
  });

  test("a rotation restarts the pods, which read their secrets at start", () => {
    expect(place({ secretsRotatedOn: "2026-11-21" }).of("Deployment")).toMatchObject({
      spec: {
        template: { metadata: { annotations: { "slipway.dev/secrets-rotated-on": "2026-11-21" } } },
      },
    });
  });
});
