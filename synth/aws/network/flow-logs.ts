import { getAtt, ref } from "../intrinsic.ts";
import { policyDocument, trustService } from "../policy.ts";
import type { StackInput } from "../stack.ts";
import { resource } from "../template.ts";
import type { Resources } from "../template.ts";

/** Who talked to whom, for whoever has to find out afterwards. */
export function flowLogs({ view, settings }: StackInput): Resources {
  return {
    FlowLogGroup: resource("AWS::Logs::LogGroup", {
      LogGroupName: `/slipway/${view.name}/flows`,
      RetentionInDays: settings.flowLogDays ?? 30,
    }),
    FlowLogRole: resource("AWS::IAM::Role", {
      AssumeRolePolicyDocument: trustService("vpc-flow-logs.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": view.account },
      }),
      Policies: [
        {
          PolicyName: "write",
          PolicyDocument: policyDocument([
            {
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
              Resource: [getAtt("FlowLogGroup", "Arn")],
            },
          ]),
        },
      ],
    }),
    FlowLog: resource("AWS::EC2::FlowLog", {
      ResourceId: ref("Vpc"),
      ResourceType: "VPC",
      TrafficType: "ALL",
      LogDestinationType: "cloud-watch-logs",
      LogDestination: getAtt("FlowLogGroup", "Arn"),
      DeliverLogsPermissionArn: getAtt("FlowLogRole", "Arn"),
      MaxAggregationInterval: 600,
    }),
  };
}
