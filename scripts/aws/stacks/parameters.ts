import * as v from "valibot";
import type { AwsStack, ParameterSource } from "../../../synth/aws/stack.ts";
import { stackName } from "../../../synth/aws/stack.ts";
import type { Aws } from "../aws.ts";
import type { KnownStacks } from "./describe.ts";
import { awsStackProblem } from "./stack-problem.ts";

/** A load balancer, as an alias record names it. */
export interface LoadBalancer {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** Finds the load balancer that serves a host; undefined where there is none yet. */
export type FindLoadBalancer = (host: string) => Promise<LoadBalancer | undefined>;

/** Where values are looked for. */
export interface ParameterPlaces {
  readonly aws: Aws;
  readonly stacks: KnownStacks;
  readonly findLoadBalancer: FindLoadBalancer;
}

export interface ResolvedParameters {
  readonly values: Readonly<Record<string, string>>;
  /** Those without a value yet, with where it will come from. */
  readonly open: readonly string[];
}

/** Values of a stack's parameters, each from where its source says. */
export async function resolveParameters(
  places: ParameterPlaces,
  stack: AwsStack,
): Promise<ResolvedParameters> {
  const values: Record<string, string> = {};
  const open: string[] = [];
  for (const [name, source] of Object.entries(stack.parameters)) {
    const value = await valueOf(places, stack, source);
    if (value === undefined) open.push(`${name} (${described(places, source)})`);
    else values[name] = value;
  }
  return { values, open };
}

async function valueOf(
  { aws, stacks, findLoadBalancer }: ParameterPlaces,
  stack: AwsStack,
  source: ParameterSource,
): Promise<string | undefined> {
  switch (source.from) {
    case "stack": {
      const deployed = await stacks.find(stackName({ name: aws.target.cluster }, source.stack));
      return deployed?.outputs[source.output];
    }
    case "zone":
      return publicZone(aws, stack.name, source.zone);
    case "load-balancer":
      return (await findLoadBalancer(source.host))?.[source.value];
  }
}

function described({ aws: { target } }: ParameterPlaces, source: ParameterSource): string {
  switch (source.from) {
    case "stack":
      return `output ${source.output} of ${stackName({ name: target.cluster }, source.stack)}`;
    case "zone":
      return `id of the zone ${source.zone}`;
    case "load-balancer":
      return `load balancer of ${source.host}`;
  }
}

const zones = v.object({
  HostedZones: v.array(
    v.object({ Id: v.string(), Name: v.string(), Config: v.object({ PrivateZone: v.boolean() }) }),
  ),
});

/** Id of the public zone of this name, `Z…`. */
async function publicZone(aws: Aws, stack: string, name: string): Promise<string> {
  const args = ["route53", "list-hosted-zones-by-name", "--dns-name", name];
  const { HostedZones } = await aws.ask(zones, args);
  const found = HostedZones.filter((zone) => zone.Name === `${name}.` && !zone.Config.PrivateZone);
  const [zone] = found;
  if (zone !== undefined && found.length === 1) return zone.Id.replace(/^\/hostedzone\//, "");
  throw awsStackProblem(
    aws.target,
    stack,
    zone === undefined
      ? `there is no public Route 53 zone ${name}`
      : `there are ${found.length} public zones ${name}`,
    zone === undefined
      ? `create it and delegate ${name} to it: aws route53 create-hosted-zone --name ${name} --caller-reference slipway`
      : "keep the one that the domain is delegated to",
  );
}
