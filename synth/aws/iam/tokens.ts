import type { EksView } from "../../model/cluster-view.ts";
import type { AwsOutputs } from "../../model/facts.ts";
import { sub } from "../intrinsic.ts";
import type { Intrinsic } from "../intrinsic.ts";
import { awsOutputNames, outputSources } from "../outputs.ts";
import type { SourcedParameter } from "../parameters.ts";

/** A value that the facts hold, and the parameter that stands for it in a template. */
export interface OutputToken {
  readonly name: string;
  readonly value: string;
  readonly parameter: SourcedParameter;
}

/**
 * Permissions are asked for by name of a cluster's outputs, and so hold the values that its facts have. A template must not:
 * it makes them, and would hold the examples of a cluster that is not there yet. So each value becomes a parameter again.
 */
export function outputTokens(view: EksView): readonly OutputToken[] {
  const outputs: Partial<AwsOutputs> = view.outputs;
  return awsOutputNames.flatMap((name) => {
    const value = outputs[name];
    if (value === undefined) return [];
    const { stack, output } = outputSources[name];
    const Description = `Output ${output} of the stack ${stack}`;
    const source = { from: "stack", stack, output } as const;
    return [{ name: output, value, parameter: { Type: "String", Description, source } }];
  });
}

/** The text with parameters for the values among the tokens; the text itself where it has none. */
export function withTokens(text: string, tokens: readonly OutputToken[]): string | Intrinsic {
  const used = tokens.filter(({ value }) => text.includes(value));
  if (used.length === 0) return text;
  // IAM's own variables look like CloudFormation's.
  const escaped = text.replaceAll("${", "${!");
  return sub(used.reduce((result, { name, value }) => result.replaceAll(value, `\${${name}}`), escaped));
}
