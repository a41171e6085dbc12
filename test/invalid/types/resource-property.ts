import { resource } from "../../../synth/aws/template.ts";

export const vpc = resource("AWS::EC2::VPC", {
  CidrBlock: "10.42.0.0/16",
  // error: TS2561
  EnableDnsSuport: true,
});
