import { ref } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import type { StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resources } from "../template.ts";
import { refsOf } from "./subnets.ts";

/** S3 by the route tables, where images' layers come from; other services by addresses in the private subnets. */
export function endpoints({ view, settings }: StackInput): Resources {
  const { region, network: plan } = view;
  const { interfaceEndpoints: services = [] } = settings;
  const security: Resources =
    services.length === 0
      ? {}
      : {
          EndpointSecurityGroup: resource("AWS::EC2::SecurityGroup", {
            GroupDescription: "HTTPS from the VPC to its endpoints",
            VpcId: ref("Vpc"),
            SecurityGroupIngress: [
              {
                IpProtocol: "tcp",
                FromPort: 443,
                ToPort: 443,
                CidrIp: plan.cidr,
                Description: "HTTPS from the VPC",
              },
            ],
          }),
        };
  return {
    S3Endpoint: resource("AWS::EC2::VPCEndpoint", {
      VpcId: ref("Vpc"),
      VpcEndpointType: "Gateway",
      ServiceName: `com.amazonaws.${region}.s3`,
      RouteTableIds: refsOf("PrivateRouteTable", plan.privateSubnets),
    }),
    ...security,
    ...each(
      services,
      (service) => `${logicalId(service)}Endpoint`,
      (service) =>
        resource("AWS::EC2::VPCEndpoint", {
          VpcId: ref("Vpc"),
          VpcEndpointType: "Interface",
          ServiceName: `com.amazonaws.${region}.${service}`,
          PrivateDnsEnabled: true,
          SubnetIds: refsOf("PrivateSubnet", plan.privateSubnets),
          SecurityGroupIds: [ref("EndpointSecurityGroup")],
        }),
    ),
  };
}
