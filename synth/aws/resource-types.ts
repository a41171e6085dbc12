import type { EC2EIPProperties } from "@awboost/cfn-resource-types/AWS-EC2-EIP";
import type { EC2FlowLogProperties } from "@awboost/cfn-resource-types/AWS-EC2-FlowLog";
import type { EC2InternetGatewayProperties } from "@awboost/cfn-resource-types/AWS-EC2-InternetGateway";
import type { EC2NatGatewayProperties } from "@awboost/cfn-resource-types/AWS-EC2-NatGateway";
import type { EC2RouteProperties } from "@awboost/cfn-resource-types/AWS-EC2-Route";
import type { EC2RouteTableProperties } from "@awboost/cfn-resource-types/AWS-EC2-RouteTable";
import type { EC2SecurityGroupProperties } from "@awboost/cfn-resource-types/AWS-EC2-SecurityGroup";
import type { EC2SubnetProperties } from "@awboost/cfn-resource-types/AWS-EC2-Subnet";
import type { EC2SubnetRouteTableAssociationProperties } from "@awboost/cfn-resource-types/AWS-EC2-SubnetRouteTableAssociation";
import type { EC2VPCProperties } from "@awboost/cfn-resource-types/AWS-EC2-VPC";
import type { EC2VPCEndpointProperties } from "@awboost/cfn-resource-types/AWS-EC2-VPCEndpoint";
import type { EC2VPCGatewayAttachmentProperties } from "@awboost/cfn-resource-types/AWS-EC2-VPCGatewayAttachment";
import type { IAMRoleProperties } from "@awboost/cfn-resource-types/AWS-IAM-Role";
import type { LogsLogGroupProperties } from "@awboost/cfn-resource-types/AWS-Logs-LogGroup";

/** The resource types that stacks use, with the properties that AWS's own schemas give them. Types only: nothing is loaded. */
export interface ResourceProperties {
  readonly "AWS::EC2::EIP": EC2EIPProperties;
  readonly "AWS::EC2::FlowLog": EC2FlowLogProperties;
  readonly "AWS::EC2::InternetGateway": EC2InternetGatewayProperties;
  readonly "AWS::EC2::NatGateway": EC2NatGatewayProperties;
  readonly "AWS::EC2::Route": EC2RouteProperties;
  readonly "AWS::EC2::RouteTable": EC2RouteTableProperties;
  readonly "AWS::EC2::SecurityGroup": EC2SecurityGroupProperties;
  readonly "AWS::EC2::Subnet": EC2SubnetProperties;
  readonly "AWS::EC2::SubnetRouteTableAssociation": EC2SubnetRouteTableAssociationProperties;
  readonly "AWS::EC2::VPC": EC2VPCProperties;
  readonly "AWS::EC2::VPCEndpoint": EC2VPCEndpointProperties;
  readonly "AWS::EC2::VPCGatewayAttachment": EC2VPCGatewayAttachmentProperties;
  readonly "AWS::IAM::Role": IAMRoleProperties;
  readonly "AWS::Logs::LogGroup": LogsLogGroupProperties;
}

export type ResourceType = keyof ResourceProperties;
