import { hostsOf, zoneNameOf } from "../hosts.ts";
import { ref } from "../intrinsic.ts";
import { existingZone, fromStack, parameters } from "../parameters.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { resource } from "../template.ts";

/** The certificate of the cluster's load balancers, which ACM renews as long as the records that prove the names stay. */
export function cert(input: StackInput): StackContent | undefined {
  const { view, cluster } = input;
  const zone = zoneNameOf(input);
  if (cluster.capabilities.ingress?.controller !== "alb" || zone === undefined) return undefined;
  const [first, ...others] = certificateNames(input, zone);
  if (first === undefined) return undefined;
  const { declared, sources } = parameters({
    HostedZoneId: cluster.capabilities.dns === undefined ? existingZone(zone) : fromStack.HostedZoneId,
  });
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Certificate of the load balancers of ${view.name}`,
      Parameters: declared,
      Resources: {
        Certificate: resource("AWS::CertificateManager::Certificate", {
          DomainName: first,
          ...(others.length > 0 && { SubjectAlternativeNames: others }),
          ValidationMethod: "DNS",
          DomainValidationOptions: [first, ...others].map((name) => ({
            DomainName: name,
            HostedZoneId: ref("HostedZoneId"),
          })),
        }),
      },
      Outputs: { CertificateArn: { Description: "The certificate", Value: ref("Certificate") } },
    },
    parameters: sources,
  };
}

/** The hosts; where names come and go with what users do, or are not known yet, the zone's name and all below it. */
function certificateNames(input: StackInput, zone: string): readonly string[] {
  const hosts = hostsOf(input);
  const wildcard = `*.${zone}`;
  if (input.cluster.capabilities.dns === undefined && hosts.length > 0) return hosts;
  const isCovered = (host: string) => host === zone || host === wildcard || isDirectlyBelow(host, zone);
  return [zone, wildcard, ...hosts.filter((host) => !isCovered(host))];
}

/** A wildcard stands for one label. */
function isDirectlyBelow(host: string, zone: string): boolean {
  return host.endsWith(`.${zone}`) && !host.slice(0, -zone.length - 1).includes(".");
}
