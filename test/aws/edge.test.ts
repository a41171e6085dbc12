import { describe, expect, test } from "vitest";
import { httpIngress } from "#synth";
import { list, number, text } from "../../synth/objects/json-fields.ts";
import { webServer } from "../invalid/garden.ts";
import { gardenStacks, renderedFleet, resourceOf, resourcesOf, stackOf } from "./stacks.ts";

const clusters = renderedFleet();
const named = (name: string) => {
  const found = clusters.find(({ eks }) => eks?.name === name);
  if (found === undefined) throw new Error(`there is no cluster ${name}`);
  return found.stacks;
};

describe("a certificate", () => {
  test("is for the hosts, sorted", () => {
    const cert = resourceOf(stackOf(named("attractor-factory-nonprod"), "cert"), "Certificate");
    expect(cert.properties).toMatchObject({
      DomainName: "factory-dev.pelx.ai",
      SubjectAlternativeNames: ["factory-staging.pelx.ai"],
    });
  });

  test("is for the zone and all names below it, where the cluster keeps a zone of its own", () => {
    const stacks = named("prompt2mesh-prod");
    expect(resourceOf(stackOf(stacks, "cert"), "Certificate").properties).toMatchObject({
      DomainName: "prompt2mesh.example.com",
      SubjectAlternativeNames: ["*.prompt2mesh.example.com"],
    });
    expect(stackOf(stacks, "cert").parameters).toEqual({
      HostedZoneId: { from: "stack", stack: "zone", output: "HostedZoneId" },
    });
    expect(resourceOf(stackOf(stacks, "zone"), "HostedZone").properties).toMatchObject({
      Name: "prompt2mesh.example.com",
    });
  });

  test("is for the zone and all names below it, as long as nothing is placed", () => {
    expect(resourceOf(stackOf(gardenStacks({}), "cert"), "Certificate").properties).toMatchObject({
      DomainName: "example.com",
      SubjectAlternativeNames: ["*.example.com"],
    });
  });

  test("belongs to a cluster that publishes its records itself, or that leaves them to external-dns", () => {
    for (const { cluster, eks, stacks } of clusters) {
      const publishes = stacks.some(({ kind }) => kind === "dns");
      const keepsZone = stacks.some(({ kind }) => kind === "zone");
      expect(publishes && keepsZone, eks?.name).toBe(false);
      expect(keepsZone, eks?.name).toBe(cluster.capabilities.dns !== undefined);
    }
  });
});

describe("a web ACL", () => {
  const rules = list(resourceOf(stackOf(named("voice-agent-prod"), "waf"), "WebAcl").properties, "Rules");

  test("asks AWS's rules first, each with a place of its own", () => {
    expect(rules.map((rule) => number(rule, "Priority"))).toEqual(rules.map((_, index) => index));
    expect(
      rules.flatMap((rule) => text(rule, "Statement", "ManagedRuleGroupStatement", "Name") ?? []),
    ).toEqual([
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
    ]);
  });

  test("counts what the app's Ingress limits, for its host", () => {
    expect(rules.at(-1)).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      Statement: {
        RateBasedStatement: {
          AggregateKeyType: "IP",
          EvaluationWindowSec: 60,
          Limit: 300,
          ScopeDownStatement: { ByteMatchStatement: { SearchString: "voice-agent.example.com" } },
        },
      },
    });
  });

  test("stands in front of no cluster whose ingress names none", () => {
    const guarded = clusters.filter(({ stacks }) => stacks.some(({ kind }) => kind === "waf"));
    expect(guarded.map(({ eks }) => eks?.name)).toEqual(
      clusters.filter(({ eks }) => eks?.outputs.includes("webAclArn")).map(({ eks }) => eks?.name),
    );
  });
});

test("records are published for each host, by its own load balancer", () => {
  const stacks = gardenStacks({
    render: (stage, context) => {
      const web = webServer(stage, context);
      for (const name of ["one", "two"]) {
        httpIngress(stage, name, { host: `${name}.example.com`, routes: { "/": web.port("http") } });
      }
    },
  });
  const dns = stackOf(stacks, "dns");
  expect(resourcesOf(dns).map(({ properties }) => text(properties, "Name"))).toEqual([
    "one.example.com",
    "two.example.com",
  ]);
  expect(dns.parameters["OneExampleComName"]).toEqual({
    from: "load-balancer",
    host: "one.example.com",
    value: "dnsName",
  });
});
