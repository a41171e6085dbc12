import type { EksView } from "../../model/cluster-view.ts";
import { sub } from "../intrinsic.ts";
import type { Intrinsic } from "../intrinsic.ts";
import type { RoleUser } from "../pod-identity.ts";
import { policyDocument } from "../policy.ts";

/**
 * Trust in tokens that the cluster's own issuer gave to one service account, and to no other. As text, because the issuer is
 * part of the conditions' keys, where CloudFormation puts no values in.
 */
export function trustServiceAccount(view: EksView, { namespace, serviceAccount }: RoleUser): Intrinsic {
  const document = policyDocument([
    {
      Effect: "Allow",
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Principal: { Federated: `arn:aws:iam::${view.account}:oidc-provider/\${OidcIssuer}` },
      Condition: {
        StringEquals: {
          "${OidcIssuer}:aud": "sts.amazonaws.com",
          "${OidcIssuer}:sub": `system:serviceaccount:${namespace}:${serviceAccount}`,
        },
      },
    },
  ]);
  return sub(JSON.stringify(document));
}
