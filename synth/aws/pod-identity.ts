import type { EksView } from "../model/cluster-view.ts";
import { policyDocument } from "./policy.ts";

/** The service account that a role is for. */
export interface RoleUser {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * Trust in EKS' Pod Identity agent, for pods of one service account of one cluster and no others: what the agent says of the
 * pod comes as tags of the session, which the trust holds it to.
 */
export function trustPodIdentity(view: EksView, { namespace, serviceAccount }: RoleUser) {
  const { account, region, eksName } = view;
  return policyDocument([
    {
      Effect: "Allow",
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Principal: { Service: "pods.eks.amazonaws.com" },
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:${region}:${account}:cluster/${eksName}`,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
      },
    },
  ]);
}
