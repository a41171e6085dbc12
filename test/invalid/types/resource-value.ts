import { resource } from "../../../synth/aws/template.ts";

export const repository = resource("AWS::ECR::Repository", {
  // error: TS2322
  ImageTagMutability: "UNCHANGING",
});
