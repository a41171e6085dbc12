import { describe, expect, test } from "vitest";
import { readInputs } from "../../scripts/workspace.ts";
import { factSources, outputSources } from "../../synth/aws/outputs.ts";
import { stackKinds } from "../../synth/aws/stack.ts";
import { logicalId } from "../../synth/aws/logical-id.ts";
import { text } from "../../synth/objects/json-fields.ts";
import { renderedFleet } from "./fleet.ts";
import { resourcesOf } from "./stacks.ts";

const clusters = renderedFleet();
const stacks = clusters.flatMap((cluster) => cluster.stacks);

/** Names that a template's values refer to, by Ref, Fn::GetAtt and Fn::Sub. */
function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (key === "Ref") return [String(member)];
    if (key === "Fn::GetAtt" && Array.isArray(member)) return [String(member[0])];
    if (key === "Fn::Sub") {
      return [...String(member).matchAll(/\$\{(\w+)(?:\.\w+)?\}/g)].flatMap(([, name]) => name ?? []);
    }
    return referencesIn(member);
  });
}

describe.each(stacks.map((stack) => [stack.name, stack] as const))("the template of %s", (_name, stack) => {
  const { template, parameters } = stack;
  const known = [...Object.keys(template.Parameters ?? {}), ...Object.keys(template.Resources)];

  test("refers to what it holds, and uses what it asks for", () => {
    const references = new Set(referencesIn([template.Resources, template.Outputs]));
    expect([...references].filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(template.Parameters ?? {}).filter((name) => !references.has(name))).toEqual([]);
  });

  test("says where each of its parameters comes from", () => {
    expect(Object.keys(parameters).toSorted()).toEqual(Object.keys(template.Parameters ?? {}).toSorted());
  });

  test("says what CloudFormation has to be allowed", () => {
    const roles = resourcesOf(stack, "AWS::IAM::Role");
    const named = roles.some(({ properties }) => text(properties, "RoleName") !== undefined);
    const wanted = named ? ["CAPABILITY_NAMED_IAM"] : roles.length > 0 ? ["CAPABILITY_IAM"] : [];
    expect(stack.capabilities).toEqual(wanted);
  });

  test("has a name that CloudFormation takes, and logical ids without a dash", () => {
    expect(stack.name).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
    expect(known.filter((id) => !/^[A-Za-z0-9]{1,255}$/.test(id))).toEqual([]);
  });

  test("keeps what holds data when it goes, and lets go of what can be made again", () => {
    const data = new Set([
      "AWS::ECR::Repository",
      "AWS::EFS::FileSystem",
      "AWS::Route53::HostedZone",
      "AWS::S3::Bucket",
      "AWS::SecretsManager::Secret",
    ]);
    for (const { id, type, resource } of resourcesOf(stack)) {
      // Not where its creation failed: what is empty would only keep its name from the next try.
      const kept = text(resource, "DeletionPolicy") === "RetainExceptOnCreate";
      const isDataKey = type === "AWS::KMS::Key" && stack.kind === "storage";
      expect(kept, id).toBe(data.has(type) || isDataKey);
      expect(text(resource, "UpdateReplacePolicy"), id).toBe(kept ? "Retain" : undefined);
    }
  });
});

describe("the stacks of the fleet", () => {
  test("come in one order, each after those it takes values from", () => {
    for (const { stacks } of clusters) {
      const kinds = stacks.map(({ kind }) => kind);
      expect(kinds).toEqual(stackKinds.filter((kind) => kinds.includes(kind)));
    }
  });

  test("give every output that facts have, each by one stack", () => {
    const outputs = Object.values(outputSources).map(({ stack, output }) => `${stack} ${output}`);
    expect(new Set(outputs).size).toBe(outputs.length);
    for (const { eks, stacks } of clusters) {
      const { outputs } = factSources(eks?.outputs ?? [], stacks);
      for (const { stack, output } of Object.values(outputs)) {
        const makers = stacks.filter(
          ({ kind, template }) => kind === stack && output in (template.Outputs ?? {}),
        );
        expect(makers, `${eks?.name} ${output}`).toHaveLength(1);
      }
    }
  });

  test("make each repository of an account and region once, and every image has one", () => {
    const made = clusters.flatMap(({ eks, stacks }) =>
      stacks.flatMap((stack) =>
        resourcesOf(stack, "AWS::ECR::Repository").map(
          ({ properties }) => `${eks?.account} ${eks?.region} ${text(properties, "RepositoryName")}`,
        ),
      ),
    );
    const wanted = clusters.flatMap(({ eks }) =>
      (eks?.placements ?? []).flatMap(({ images }) =>
        Object.values(images).map(({ repository }) => `${eks?.account} ${eks?.region} ${repository}`),
      ),
    );
    expect(made.toSorted()).toEqual([...new Set(wanted)].toSorted());
  });

  test("hold no value that only AWS knows, whatever the facts say", () => {
    const inputs = readInputs();
    // Another VPC, issuer, certificate, zone, file system and web ACL; the roles are the stacks' own.
    const others = [...inputs.facts].map(([cluster, facts]) => {
      const changed = facts
        .replace(/vpc-\w+/, "vpc-0a1b2c3d4e5f60718")
        .replace(
          /"oidc\.eks\.([\w-]+)\.amazonaws\.com\/id\/\w+"/,
          '"oidc.eks.$1.amazonaws.com/id/0A1B2C3D4E5F"',
        )
        .replace(/certificate\/[\w-]+/, "certificate/0a1b2c3d-0000-1111-2222-333344445555")
        .replace(/"Z\w+"/, '"Z0A1B2C3D4E5F"')
        .replace(/fs-\w+/, "fs-0a1b2c3d4e5f60718")
        .replace(/webacl\/([\w-]+)\/[\w-]+/, "webacl/$1/0a1b2c3d-0000-1111-2222-333344445555");
      expect(changed).not.toBe(facts);
      return [cluster, changed] as const;
    });
    const changed = renderedFleet({ inputs: { ...inputs, facts: new Map(others) } });
    expect(changed.flatMap(({ stacks }) => stacks.map(({ text }) => text))).toEqual(
      stacks.map(({ text }) => text),
    );
  });

  test("publish records, or leave them to external-dns with a zone of its own, and never both", () => {
    for (const { cluster, eks, stacks } of clusters) {
      const kinds = new Set(stacks.map(({ kind }) => kind));
      expect(kinds.has("dns") && kinds.has("zone"), eks?.name).toBe(false);
      expect(kinds.has("zone"), eks?.name).toBe(cluster.capabilities.dns !== undefined);
    }
  });

  test("have a web ACL where their load balancers are told of one", () => {
    for (const { eks, stacks } of clusters) {
      const guarded = stacks.some(({ kind }) => kind === "waf");
      expect(guarded, eks?.name).toBe(eks?.outputs.includes("webAclArn"));
    }
  });

  test("hold no secret, and nothing that would be one", () => {
    for (const { name, text } of stacks) {
      expect(text, name).not.toMatch(/^ *SecretString:|AKIA|BEGIN [A-Z ]*PRIVATE KEY/m);
    }
  });
});

describe("a logical id", () => {
  test("is the name without what ids cannot have", () => {
    expect(["workers", "call-initiation", "vpc-cni", "ecr.api", "factory.pelx.ai"].map(logicalId)).toEqual([
      "Workers",
      "CallInitiation",
      "VpcCni",
      "EcrApi",
      "FactoryPelxAi",
    ]);
  });

  test("keeps names apart that differ in nothing else", () => {
    const alike = ["gpu-1", "gpu1", "a-b.c", "a.b-c", "a.b.c", "a-B", "a-b"];
    expect(new Set(alike.map(logicalId)).size).toBe(alike.length);
  });
});
