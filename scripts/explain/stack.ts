import { stackName } from "../../synth/aws/stack.ts";
import type { AwsStack, ParameterSource } from "../../synth/aws/stack.ts";
import type { ClusterView } from "../../synth/model/cluster-view.ts";

/** A CloudFormation stack, and what it has to do with others. */
export interface ExplainedStack {
  readonly name: string;
  readonly description: string;
  /** Where each of its parameters gets its value, by the parameter's name. */
  readonly takes: Readonly<Record<string, string>>;
  /** Names of its outputs. */
  readonly gives: readonly string[];
}

export function explainStack(view: ClusterView, { name, template, parameters }: AwsStack): ExplainedStack {
  return {
    name,
    description: template.Description,
    takes: Object.fromEntries(
      Object.entries(parameters).map(([parameter, source]) => [parameter, sourceText(view, source)]),
    ),
    gives: Object.keys(template.Outputs ?? {}),
  };
}

function sourceText(view: ClusterView, source: ParameterSource): string {
  switch (source.from) {
    case "stack":
      return `output ${source.output} of ${stackName(view, source.stack)}`;
    case "zone":
      return `id of the Route 53 zone ${source.zone}`;
    case "load-balancer":
      return `${source.value === "dnsName" ? "name" : "zone"} of the load balancer of ${source.host}`;
  }
}
