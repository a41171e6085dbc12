import { getAtt, join, ref } from "../intrinsic.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { kept } from "../template.ts";

/** The zone that external-dns keeps, where the cluster has one of its own; the zone above it has to delegate to it by hand. */
export function zone({ view, cluster }: StackInput): StackContent | undefined {
  const { dns } = cluster.capabilities;
  if (dns === undefined) return undefined;
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Route 53 zone ${dns.zone} of the cluster ${view.name}`,
      Resources: {
        HostedZone: kept("AWS::Route53::HostedZone", {
          Name: dns.zone,
          HostedZoneConfig: { Comment: `Records of the cluster ${view.name}, kept by external-dns` },
        }),
      },
      Outputs: {
        HostedZoneId: { Description: "Id of the zone", Value: ref("HostedZone") },
        NameServers: {
          Description: "What the zone above has to name in its NS record for this one",
          Value: join(",", getAtt("HostedZone", "NameServers")),
        },
      },
    },
    parameters: {},
  };
}
