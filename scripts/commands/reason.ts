import { InvalidArgumentError } from "commander";
import { reasonLine } from "../../synth/model/release.ts";

/** A reason as a release holds it. @throws InvalidArgumentError for what is none */
export function reason(text: string): string {
  if (reasonLine.pattern.test(text)) return text;
  throw new InvalidArgumentError(`write ${reasonLine.text}`);
}
