import { hostsOf } from "../hosts.ts";
import { ref } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import { existingZone, loadBalancerOf, parameters } from "../parameters.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";

/** Records for the hosts, in a zone that is there already. A cluster with a zone of its own leaves them to external-dns. */
export function dns(input: StackInput): StackContent | undefined {
  const { view, settings, cluster } = input;
  const hosts = hostsOf(input);
  if (settings.zone === undefined || cluster.capabilities.dns !== undefined || hosts.length === 0) {
    return undefined;
  }
  const { declared, sources } = parameters({
    HostedZoneId: existingZone(settings.zone),
    ...each(
      hosts,
      (host) => `${logicalId(host)}Name`,
      (host) => loadBalancerOf(host, "dnsName"),
    ),
    ...each(
      hosts,
      (host) => `${logicalId(host)}Zone`,
      (host) => loadBalancerOf(host, "hostedZoneId"),
    ),
  });
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Records for the hosts of ${view.name}`,
      Parameters: declared,
      Resources: each(
        hosts,
        (host) => `${logicalId(host)}Record`,
        (host) =>
          resource("AWS::Route53::RecordSet", {
            HostedZoneId: ref("HostedZoneId"),
            Name: host,
            Type: "A",
            AliasTarget: {
              DNSName: ref(`${logicalId(host)}Name`),
              HostedZoneId: ref(`${logicalId(host)}Zone`),
              EvaluateTargetHealth: false,
            },
          }),
      ),
    },
    parameters: sources,
  };
}
