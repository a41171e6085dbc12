import { describe, expect, test } from "vitest";
import { httpIngress } from "#synth";
import type { Capabilities } from "#synth";
import { list, number, text } from "../../synth/objects/json-fields.ts";
import { certificate, webServer } from "../invalid/garden.ts";
import type { Garden } from "../invalid/garden.ts";
import { gardenStacks, resourceOf, resourcesOf, stackOf } from "./stacks.ts";

/** A web server that answers to these hosts, each by an Ingress of its own. */
function serving(hosts: readonly string[], requestsPerMinute?: number): NonNullable<Garden["render"]> {
  return (stage, context) => {
    const web = webServer(stage, context);
    for (const [index, host] of hosts.entries()) {
      httpIngress(stage, `web-${index}`, {
        host,
        routes: { "/": web.port("http") },
        ...(requestsPerMinute !== undefined && { requestsPerMinute }),
      });
    }
  };
}

const hosts = ["two.example.com", "one.example.com"];
const dns: Capabilities["dns"] = { zone: "garden.example.com", hostedZoneId: "Z0123456789ABC" };

function certOf(wish: Garden) {
  return stackOf(gardenStacks(wish), "cert");
}

function namesOf(wish: Garden) {
  const { properties } = resourceOf(certOf(wish), "Certificate");
  return [text(properties, "DomainName"), ...list(properties, "SubjectAlternativeNames")];
}

describe("a certificate", () => {
  test("is for the hosts, sorted", () => {
    expect(namesOf({ render: serving(hosts) })).toEqual(["one.example.com", "two.example.com"]);
  });

  test("is for the zone and all names below it, as long as nothing is placed", () => {
    expect(namesOf({})).toEqual(["example.com", "*.example.com"]);
  });

  test("is for these and for hosts that no wildcard covers, where the cluster keeps a zone of its own", () => {
    const names = ["shop.garden.example.com", "a.shop.garden.example.com"];
    expect(namesOf({ capabilities: { dns }, render: serving(names) })).toEqual([
      "garden.example.com",
      "*.garden.example.com",
      "a.shop.garden.example.com",
    ]);
  });

  test("is proven in the zone that is there, or in the one that the cluster keeps", () => {
    expect(certOf({}).parameters).toEqual({ HostedZoneId: { from: "zone", zone: "example.com" } });
    expect(certOf({ capabilities: { dns } }).parameters).toEqual({
      HostedZoneId: { from: "stack", stack: "zone", output: "HostedZoneId" },
    });
  });
});

test("a zone of the cluster's own is called as the capability says", () => {
  const zone = stackOf(gardenStacks({ capabilities: { dns } }), "zone");
  expect(resourceOf(zone, "HostedZone").properties).toMatchObject({ Name: "garden.example.com" });
});

test("records are published for each host, by its own load balancer", () => {
  const published = stackOf(gardenStacks({ render: serving(hosts) }), "dns");
  expect(resourcesOf(published).map(({ properties }) => text(properties, "Name"))).toEqual([
    "one.example.com",
    "two.example.com",
  ]);
  expect(published.parameters["OneExampleComName"]).toEqual({
    from: "load-balancer",
    host: "one.example.com",
    value: "dnsName",
  });
});

describe("a web ACL", () => {
  const ingress: Capabilities["ingress"] = {
    controller: "alb",
    scheme: "internet-facing",
    certificateArn: certificate,
    webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/garden/1",
  };
  const rulesOf = (wish: Garden) => {
    const waf = stackOf(gardenStacks({ capabilities: { ingress }, ...wish }), "waf");
    return list(resourceOf(waf, "WebAcl").properties, "Rules");
  };

  test("asks AWS's rules first, each with a place of its own", () => {
    const rules = rulesOf({ render: serving(hosts, 300) });
    expect(rules.map((rule) => number(rule, "Priority"))).toEqual([0, 1, 2, 3, 4]);
    expect(
      rules.flatMap((rule) => text(rule, "Statement", "ManagedRuleGroupStatement", "Name") ?? []),
    ).toEqual([
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
    ]);
  });

  test("counts what an Ingress limits, for its host, and never less than WAF can", () => {
    const [, , , counted] = rulesOf({ render: serving(["shop.example.com"], 300) });
    expect(counted).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      Statement: {
        RateBasedStatement: {
          AggregateKeyType: "IP",
          EvaluationWindowSec: 60,
          Limit: 300,
          ScopeDownStatement: {
            ByteMatchStatement: { SearchString: "shop.example.com", PositionalConstraint: "EXACTLY" },
          },
        },
      },
    });
    const [, , , few] = rulesOf({ render: serving(["*.example.com"], 3) });
    expect(few).toMatchObject({
      Statement: {
        RateBasedStatement: {
          Limit: 10,
          ScopeDownStatement: {
            ByteMatchStatement: { SearchString: ".example.com", PositionalConstraint: "ENDS_WITH" },
          },
        },
      },
    });
  });

  test("counts nothing where no Ingress limits anything", () => {
    expect(rulesOf({ render: serving(hosts) })).toHaveLength(3);
  });
});
