import { describe, expect, test } from "vitest";
import { field, list, text } from "../../synth/objects/json-fields.ts";
import { gardenStacks, renderedFleet, resourceOf, resourcesOf, stackOf } from "./stacks.ts";

const zone = "example.com";
const clusterOf = (wish: Parameters<typeof gardenStacks>[0]) =>
  resourceOf(stackOf(gardenStacks(wish), "eks"), "Cluster").properties;

test.each(renderedFleet().map((rendered) => [rendered.cluster.view.name, rendered] as const))(
  "the control plane of %s runs its version, encrypts its Secrets and logs everything",
  (_name, { cluster, eks, stacks }) => {
    const stack = stackOf(stacks, "eks");
    expect(resourceOf(stack, "Cluster").properties).toMatchObject({
      Name: eks?.eksName,
      Version: cluster.view.kubernetes,
      AccessConfig: { AuthenticationMode: "API" },
      EncryptionConfig: [
        { Provider: { KeyArn: { "Fn::GetAtt": ["SecretsKey", "Arn"] } }, Resources: ["secrets"] },
      ],
      Logging: {
        ClusterLogging: {
          EnabledTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"].map((Type) => ({
            Type,
          })),
        },
      },
      ResourcesVpcConfig: { EndpointPrivateAccess: true, SubnetIds: { Ref: "PrivateSubnetIds" } },
      // What network policies take for the addresses of Services.
      KubernetesNetworkConfig: { ServiceIpv4Cidr: "172.20.0.0/16" },
    });
    expect(resourceOf(stack, "SecretsKey").properties).toMatchObject({ EnableKeyRotation: true });
    expect(resourceOf(stack, "ControlPlaneLogs").properties).toMatchObject({
      LogGroupName: `/aws/eks/${eks?.eksName}/cluster`,
    });
  },
);

test.each(renderedFleet().map((rendered) => [rendered.cluster.view.name, rendered] as const))(
  "EKS itself runs on %s what docs/bootstrap.md asks for, so that network policies hold and pods get roles",
  (_name, { stacks }) => {
    const addons = resourcesOf(stackOf(stacks, "eks"), "AWS::EKS::Addon");
    expect(addons.map(({ properties }) => text(properties, "AddonName"))).toEqual([
      "vpc-cni",
      "kube-proxy",
      "eks-pod-identity-agent",
      "coredns",
    ]);
    const [plugin] = addons;
    expect(JSON.parse(text(plugin?.properties, "ConfigurationValues") ?? "")).toEqual({
      enableNetworkPolicy: "true",
    });
  },
);

describe("the API server", () => {
  test("is reached from everywhere unless the cluster says from where", () => {
    const open = field(clusterOf({}), "ResourcesVpcConfig");
    expect(open).toMatchObject({ EndpointPublicAccess: true, PublicAccessCidrs: ["0.0.0.0/0"] });
    const narrow = clusterOf({ aws: { zone, apiServerFrom: ["203.0.113.0/24"] } });
    expect(field(narrow, "ResourcesVpcConfig")).toMatchObject({ PublicAccessCidrs: ["203.0.113.0/24"] });
  });

  test("is reached from inside only where no source is named", () => {
    const closed = field(clusterOf({ aws: { zone, apiServerFrom: [] } }), "ResourcesVpcConfig");
    expect(closed).toMatchObject({ EndpointPrivateAccess: true, EndpointPublicAccess: false });
    expect(Object(closed)).not.toHaveProperty("PublicAccessCidrs");
  });

  test("lets in whom the cluster names, in the namespaces that it names", () => {
    const principal = "arn:aws:iam::123456789012:role/gardeners";
    const access = [
      { principal, policy: "AmazonEKSViewPolicy", namespaces: ["shop-dev"] },
      { principal: `${principal}-in-chief`, policy: "AmazonEKSClusterAdminPolicy" },
    ] as const;
    const entries = resourcesOf(
      stackOf(gardenStacks({ aws: { zone, access } }), "eks"),
      "AWS::EKS::AccessEntry",
    );
    expect(entries.map(({ properties }) => properties)).toMatchObject([
      {
        PrincipalArn: principal,
        AccessPolicies: [
          {
            PolicyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
            AccessScope: { Type: "namespace", Namespaces: ["shop-dev"] },
          },
        ],
      },
      { PrincipalArn: `${principal}-in-chief`, AccessPolicies: [{ AccessScope: { Type: "cluster" } }] },
    ]);
  });

  test("runs add-ons at the versions that the cluster pins", () => {
    const stack = stackOf(
      gardenStacks({ aws: { zone, addonVersions: { coredns: "v1.2.3-eksbuild.4" } } }),
      "eks",
    );
    expect(text(resourceOf(stack, "CorednsAddon").properties, "AddonVersion")).toBe("v1.2.3-eksbuild.4");
    expect(Object(resourceOf(stack, "VpcCniAddon").properties)).not.toHaveProperty("AddonVersion");
  });

  test("is trusted by IAM through a provider for its own issuer", () => {
    expect(resourceOf(stackOf(gardenStacks({}), "eks"), "OidcProvider").properties).toEqual({
      Url: { "Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"] },
      ClientIdList: ["sts.amazonaws.com"],
    });
    const { Outputs } = stackOf(gardenStacks({}), "eks").template;
    expect(list(Outputs, "OidcIssuer", "Value", "Fn::Select")).toEqual([
      1,
      { "Fn::Split": ["//", { "Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"] }] },
    ]);
  });
});
