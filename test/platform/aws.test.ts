import { describe, expect, test } from "vitest";
import { eksClusters, objects, slice, slicesOf, statements, values } from "./rendered-addons.ts";

describe("a cluster runs what its capabilities call for", () => {
  test("a local cluster runs nothing that needs AWS", () => {
    const owners = [...slicesOf("local").keys()];
    expect(owners).not.toContain("aws-ebs-csi-driver");
    expect(owners).not.toContain("storage-classes");
    expect(owners).not.toContain("secret-store");
    expect(owners).toContain("external-secrets");
  });

  test("EFS comes with shared storage only", () => {
    expect(slicesOf("voice-agent-prod").has("aws-efs-csi-driver")).toBe(true);
    expect(slicesOf("attractor-factory").has("aws-efs-csi-driver")).toBe(false);
  });

  test("a single-node cluster has no autoscaler, and one replica of each controller", () => {
    expect(slicesOf("conversation-dev").has("cluster-autoscaler")).toBe(false);
    expect(values("conversation-dev", "aws-load-balancer-controller")).toMatchObject({ replicaCount: 1 });
    expect(values("conversation-prod", "aws-load-balancer-controller")).toMatchObject({ replicaCount: 2 });
  });
});

describe("permissions", () => {
  test("let the load balancer controller touch security groups of its own VPC only", () => {
    const list = statements(
      "voice-agent-prod",
      "aws-load-balancer-controller",
      "kube-system/aws-load-balancer-controller",
    );
    const open = list.filter(({ actions }) => actions.includes("ec2:AuthorizeSecurityGroupIngress"));
    expect(open.map(({ conditions }) => conditions)).toEqual([
      { ArnEquals: { "ec2:Vpc": ["arn:aws:ec2:us-east-1:444455556666:vpc/vpc-1234567890abcdef0"] } },
    ]);
  });

  test("let it delete load balancers of its own cluster only, by the name in EKS", () => {
    const list = statements(
      "attractor-factory",
      "aws-load-balancer-controller",
      "kube-system/aws-load-balancer-controller",
    );
    const removing = list.filter(({ actions }) =>
      actions.some((action) => /:Delete(LoadBalancer|TargetGroup|SecurityGroup)$/.test(action)),
    );
    expect(removing).toHaveLength(2);
    for (const { conditions } of removing) {
      expect(conditions).toEqual({
        StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": ["attractor-factory-eks"] },
      });
    }
  });

  test("let External Secrets read the cluster's own secrets, which the store's prefix names", () => {
    const list = statements("voice-agent-nonprod", "external-secrets", "external-secrets/external-secrets");
    expect(list.flatMap(({ resources }) => resources)).toEqual([
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:voice-agent-nonprod/*",
    ]);
    const [store] = objects("voice-agent-nonprod", "secret-store");
    expect(store).toMatchObject({
      kind: "ClusterSecretStore",
      metadata: { name: "aws-secrets-manager" },
      spec: { provider: { aws: { prefix: "voice-agent-nonprod/", region: "us-east-1" } } },
    });
  });

  test("let the autoscaler change node groups of its own cluster only", () => {
    const list = statements("prompt2mesh-prod", "cluster-autoscaler", "kube-system/cluster-autoscaler");
    const changing = list.find(({ actions }) => actions.includes("autoscaling:SetDesiredCapacity"));
    expect(changing?.conditions).toEqual({
      StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/prompt2mesh-prod": ["owned"] },
    });
  });

  test("reach the pods: the service account carries its role", () => {
    expect(values("voice-agent-prod", "aws-efs-csi-driver")).toMatchObject({
      controller: {
        serviceAccount: {
          annotations: {
            "eks.amazonaws.com/role-arn":
              "arn:aws:iam::444455556666:role/voice-agent-prod-efs-csi-controller-sa",
          },
        },
      },
    });
  });
});

describe("storage", () => {
  test("is encrypted gp3, made where its pod runs, and kept in production", () => {
    const gp3 = { parameters: { type: "gp3", encrypted: "true" }, volumeBindingMode: "WaitForFirstConsumer" };
    expect(objects("attractor-factory", "storage-classes")).toMatchObject([
      { ...gp3, metadata: { name: "gp3" }, reclaimPolicy: "Retain", allowVolumeExpansion: true },
    ]);
    expect(objects("attractor-factory-nonprod", "storage-classes")).toMatchObject([
      { ...gp3, reclaimPolicy: "Delete" },
    ]);
  });

  test("shared by several nodes belongs to the user that containers run as", () => {
    const shared = objects("voice-agent-prod", "storage-classes").find(
      ({ metadata }) => metadata.name === "efs-sc",
    );
    expect(shared).toMatchObject({
      parameters: { fileSystemId: "fs-0123456789abcdef0", directoryPerms: "700", uid: "1000", gid: "1000" },
    });
  });

  test("lets a snapshot go with the object that stands for it, so that pruning one prunes the other", () => {
    expect(objects("attractor-factory", "snapshot-classes")).toMatchObject([
      { kind: "VolumeSnapshotClass", driver: "ebs.csi.aws.com", deletionPolicy: "Delete" },
    ]);
    expect(values("attractor-factory", "aws-ebs-csi-driver")).toMatchObject({
      sidecars: { snapshotter: { forceEnable: true } },
    });
  });
});

describe("charts", () => {
  test.each(eksClusters)("on %s hold no null, which both reconcilers lose on the way", (cluster) => {
    for (const { owner, chart } of slicesOf(cluster).values()) {
      expect(JSON.stringify(chart?.values ?? {}), owner).not.toContain("null");
    }
  });

  test("come after the kinds that they use", () => {
    expect(slice("conversation-prod", "aws-ebs-csi-driver").dependsOn).toEqual(
      expect.arrayContaining(["prometheus-operator-crds", "snapshot-controller"]),
    );
  });

  test("bring no ServiceMonitor to a cluster that would not know the kind", () => {
    expect(values("attractor-factory", "aws-ebs-csi-driver")).toMatchObject({
      controller: { serviceMonitor: { forceEnable: false } },
    });
    expect(values("conversation-prod", "aws-ebs-csi-driver")).toMatchObject({
      controller: { enableMetrics: true, serviceMonitor: { forceEnable: true } },
    });
  });

  test("bring no IngressClass: the add-on's own is in dist", () => {
    expect(values("voice-agent-prod", "aws-load-balancer-controller")).toMatchObject({
      createIngressClassResource: false,
      ingressClassParams: { create: false },
    });
    expect(objects("voice-agent-prod", "aws-load-balancer-controller")).toMatchObject([
      { kind: "IngressClass", metadata: { name: "alb" }, spec: { controller: "ingress.k8s.aws/alb" } },
    ]);
  });

  test("take webhook certificates from cert-manager, which is there before them", () => {
    const order = [...slicesOf("voice-agent-prod").keys()];
    for (const owner of ["aws-load-balancer-controller", "external-secrets"]) {
      expect(slice("voice-agent-prod", owner).dependsOn).toContain("cert-manager");
      expect(order.indexOf("cert-manager")).toBeLessThan(order.indexOf(owner));
    }
    expect(objects("voice-agent-prod", "external-secrets").map(({ kind }) => kind)).toContain("Issuer");
  });

  test("let the API server reach the webhook of External Secrets through the closed network", () => {
    const webhook = objects("voice-agent-prod", "external-secrets").find(
      ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "external-secrets-webhook",
    );
    expect(webhook).toMatchObject({
      spec: { ingress: [{ from: [{ ipBlock: { cidr: "10.42.0.0/16" } }, {}], ports: [{ port: 10250 }] }] },
    });
  });
});
