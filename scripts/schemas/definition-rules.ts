import type { Schema } from "../../synth/schemas/table.ts";

/**
 * Fields that a newer release serves than the pinned definitions have, by `apiVersion/Kind`, added to `spec`: what
 * kubernetes-sigs/aws-load-balancer-controller v3.5.0 has in config/crd/bases and v2.13.4 had not. Goes once a module
 * carries its definitions.
 */
export const addedFields: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  "elbv2.k8s.aws/v1beta1/IngressClassParams": {
    loadBalancerName: "string",
    prefixListsIDs: { items: "string" },
    sslRedirectPort: "string",
    wafv2AclArn: "string",
    wafv2AclName: "string",
  },
  "elbv2.k8s.aws/v1beta1/TargetGroupBinding": {
    targetGroupProtocol: {
      type: "string",
      enum: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
    },
  },
};
