import { controlPlaneLogs } from "../../model/aws.ts";
import type { AccessEntry } from "../../model/aws.ts";
import { eksServiceCidr } from "../../model/cluster-view.ts";
import { digestOf } from "../../objects/digest.ts";
import { getAtt, ref } from "../intrinsic.ts";
import { trustService } from "../policy.ts";
import type { StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resources } from "../template.ts";

/** The API server with its key, its logs, who may use it, and the provider that lets IAM trust its service accounts. */
export function controlPlane(input: StackInput): Resources {
  const { view, settings } = input;
  return {
    SecretsKey: resource("AWS::KMS::Key", {
      Description: `Encrypts Secrets of the cluster ${view.name} in etcd`,
      EnableKeyRotation: true,
      // The longest that AWS waits: without its key a cluster, and every backup of it, is lost.
      PendingWindowInDays: 30,
    }),
    ClusterRole: resource("AWS::IAM::Role", {
      AssumeRolePolicyDocument: trustService("eks.amazonaws.com"),
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
    }),
    // EKS would make it itself, and keep what is in it for ever.
    ControlPlaneLogs: resource("AWS::Logs::LogGroup", {
      LogGroupName: `/aws/eks/${view.eksName}/cluster`,
      RetentionInDays: settings.controlPlaneLogDays ?? 90,
    }),
    Cluster: cluster(input),
    OidcProvider: resource("AWS::IAM::OIDCProvider", {
      Url: getAtt("Cluster", "OpenIdConnectIssuerUrl"),
      ClientIdList: ["sts.amazonaws.com"],
    }),
    ...accessEntries(settings.access ?? []),
  };
}

function cluster({ view, settings }: StackInput) {
  const { apiServerFrom = ["0.0.0.0/0"] } = settings;
  const logs = settings.controlPlaneLogs ?? controlPlaneLogs;
  return resource(
    "AWS::EKS::Cluster",
    {
      Name: view.eksName,
      Version: view.kubernetes,
      RoleArn: getAtt("ClusterRole", "Arn"),
      // The add-ons beside it take their place.
      BootstrapSelfManagedAddons: false,
      AccessConfig: {
        AuthenticationMode: "API",
        // Whoever makes the cluster installs its reconciler.
        BootstrapClusterCreatorAdminPermissions: true,
      },
      ResourcesVpcConfig: {
        SubnetIds: ref("PrivateSubnetIds"),
        EndpointPrivateAccess: true,
        EndpointPublicAccess: apiServerFrom.length > 0,
        ...(apiServerFrom.length > 0 && { PublicAccessCidrs: apiServerFrom }),
      },
      KubernetesNetworkConfig: { IpFamily: "ipv4", ServiceIpv4Cidr: eksServiceCidr },
      EncryptionConfig: [{ Provider: { KeyArn: getAtt("SecretsKey", "Arn") }, Resources: ["secrets"] }],
      Logging: { ClusterLogging: { EnabledTypes: logs.map((Type) => ({ Type })) } },
      // At the end of standard support, "STANDARD" would upgrade the cluster unasked; `doctor` warns half a year before.
      UpgradePolicy: { SupportType: "EXTENDED" },
    },
    { DependsOn: ["ControlPlaneLogs"] },
  );
}

function accessEntries(entries: readonly AccessEntry[]): Resources {
  return each(
    entries,
    ({ principal }) => `Access${digestOf(principal)}`,
    ({ principal, policy, namespaces }) =>
      resource("AWS::EKS::AccessEntry", {
        ClusterName: ref("Cluster"),
        PrincipalArn: principal,
        Type: "STANDARD",
        AccessPolicies: [
          {
            PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
            AccessScope:
              namespaces === undefined ? { Type: "cluster" } : { Type: "namespace", Namespaces: namespaces },
          },
        ],
      }),
  );
}
