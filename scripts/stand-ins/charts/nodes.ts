import type { StandInChart } from "./chart.ts";
import { below } from "./workload.ts";

const everywhere = [{ operator: "Exists" }] as const;

function csiDriver(short: "ebs" | "efs"): StandInChart {
  return {
    workloads: [
      {
        kind: "Deployment",
        name: `${short}-csi-controller`,
        account: `${short}-csi-controller-sa`,
        at: below("controller."),
        priorityClassName: "system-cluster-critical",
      },
      {
        kind: "DaemonSet",
        name: `${short}-csi-node`,
        account: `${short}-csi-node-sa`,
        at: { resources: "node.resources", identity: "node.serviceAccount.annotations" },
        host: true,
        tolerations: everywhere,
        priorityClassName: "system-node-critical",
      },
    ],
    templates: {
      "driver.yaml": `apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: { name: ${short}.csi.aws.com, labels: { slipway.dev/stand-in: chart-aws-${short}-csi-driver } }
spec: { attachRequired: ${short === "ebs"}, podInfoOnMount: false }
`,
    },
  };
}

/** Charts for nodes and the volumes on them. */
export const nodeCharts: Readonly<Record<string, StandInChart>> = {
  "aws-ebs-csi-driver": csiDriver("ebs"),
  "aws-efs-csi-driver": csiDriver("efs"),
  "snapshot-controller": {
    definitions: { when: "installCRDs" },
    workloads: [
      {
        kind: "Deployment",
        name: "snapshot-controller",
        at: { ...below("controller."), maxUnavailable: "controller.pdb.maxUnavailable" },
      },
    ],
  },
  "metrics-server": {
    workloads: [
      {
        kind: "Deployment",
        name: "metrics-server",
        at: below("", "replicas"),
        priorityClassName: "system-cluster-critical",
      },
    ],
  },
  "cluster-autoscaler": {
    workloads: [
      {
        kind: "Deployment",
        name: "cluster-autoscaler",
        labels: {
          "app.kubernetes.io/name": "aws-cluster-autoscaler",
          "app.kubernetes.io/instance": "{{ .Release.Name }}",
        },
        at: { ...below(""), identity: "rbac.serviceAccount.annotations" },
        priorityClassName: "system-cluster-critical",
      },
    ],
  },
};
