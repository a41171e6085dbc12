import { describe, expect, test } from "vitest";
import { renderedFleet } from "./fleet.ts";
import { resourceOf, resourcesOf, stackOf } from "./stacks.ts";

const [rendered] = renderedFleet({ only: "attractor-factory" });
const stacks = rendered?.stacks ?? [];

describe("the stacks of Attractor Factory, as its document names them", () => {
  test.each([
    ["attractor-factory-network", ["VpcId", "PublicSubnetIds", "PrivateSubnetIds"]],
    ["attractor-factory-eks", ["ClusterName", "ClusterArn", "ClusterEndpoint", "OidcIssuer", "NodeRoleArn"]],
    [
      "attractor-factory-ecr",
      ["ApiRepositoryUri", "WebRepositoryUri", "ControllerRepositoryUri", "RunnerRepositoryUri"],
    ],
    ["attractor-factory-cert", ["CertificateArn"]],
  ])("%s has the outputs %j", (name, outputs) => {
    const stack = stacks.find((each) => each.name === name);
    expect(Object.keys(stack?.template.Outputs ?? {})).toEqual(expect.arrayContaining(outputs));
  });

  test("dns publishes factory.pelx.ai once its load balancer is there", () => {
    const dns = stackOf(stacks, "dns");
    expect(dns.name).toBe("attractor-factory-dns");
    expect(dns.phase).toBe("publication");
    expect(resourcesOf(dns).map(({ properties }) => properties)).toEqual([
      {
        Name: "factory.pelx.ai",
        Type: "A",
        HostedZoneId: { Ref: "HostedZoneId" },
        AliasTarget: {
          DNSName: { Ref: "FactoryPelxAiName" },
          HostedZoneId: { Ref: "FactoryPelxAiZone" },
          EvaluateTargetHealth: false,
        },
      },
    ]);
    expect(dns.parameters).toEqual({
      HostedZoneId: { from: "zone", zone: "pelx.ai" },
      FactoryPelxAiName: { from: "load-balancer", host: "factory.pelx.ai", value: "dnsName" },
      FactoryPelxAiZone: { from: "load-balancer", host: "factory.pelx.ai", value: "hostedZoneId" },
    });
  });

  test("are those that a cluster with its capabilities needs, in the order of their deployment", () => {
    expect(stacks.map(({ kind }) => kind)).toEqual([
      "network",
      "eks",
      "ecr",
      "secrets",
      "iam",
      "cert",
      "dns",
    ]);
  });

  test("keep four repositories whose tags never move", () => {
    const ecr = stackOf(stacks, "ecr");
    expect(resourcesOf(ecr).map(({ properties }) => properties)).toEqual(
      ["api", "web", "runner-controller", "runner"].map((name) =>
        expect.objectContaining({
          RepositoryName: `attractor-factory/factory-${name}`,
          ImageTagMutability: "IMMUTABLE",
          ImageScanningConfiguration: { ScanOnPush: true },
        }),
      ),
    );
  });

  test("put an m6i.xlarge cluster of two to six nodes into 10.42.0.0/16", () => {
    expect(resourceOf(stackOf(stacks, "network"), "Vpc").properties).toMatchObject({
      CidrBlock: "10.42.0.0/16",
    });
    expect(resourceOf(stackOf(stacks, "eks"), "Cluster").properties).toMatchObject({
      Name: "attractor-factory-eks",
    });
    expect(resourceOf(stackOf(stacks, "eks"), "WorkersNodeGroup").properties).toMatchObject({
      ScalingConfig: { MinSize: 2, DesiredSize: 2, MaxSize: 6 },
    });
  });

  test("prove the host's name in the zone that is there", () => {
    const cert = stackOf(stacks, "cert");
    expect(resourceOf(cert, "Certificate").properties).toEqual({
      DomainName: "factory.pelx.ai",
      ValidationMethod: "DNS",
      DomainValidationOptions: [{ DomainName: "factory.pelx.ai", HostedZoneId: { Ref: "HostedZoneId" } }],
    });
    expect(cert.parameters).toEqual({ HostedZoneId: { from: "zone", zone: "pelx.ai" } });
  });
});
