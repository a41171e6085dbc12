import type { AwsStack, StackKind } from "../../synth/aws/stack.ts";
import { field, fields, list } from "../../synth/objects/json-fields.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { garden } from "../invalid/garden.ts";
import type { Garden } from "../invalid/garden.ts";

/** Stacks of the small cluster that fixtures change. */
export function gardenStacks(wish: Garden): readonly AwsStack[] {
  const { fleet, cluster, inputs } = garden(wish);
  const { rendered, problems } = synthesizeCluster(fleet, cluster, inputs);
  if (rendered === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return rendered.stacks;
}

/** A stack that has to be there. */
export function stackOf(stacks: readonly AwsStack[], kind: StackKind): AwsStack {
  const stack = stacks.find((each) => each.kind === kind);
  if (stack === undefined) throw new Error(`there is no stack ${kind}`);
  return stack;
}

/** A resource as it is written, by its logical id. */
export interface Found {
  readonly id: string;
  readonly type: string;
  readonly properties: unknown;
  readonly resource: unknown;
}

/** Resources of a template, of one type where one is given, as plain data. */
export function resourcesOf({ template }: AwsStack, type?: string): readonly Found[] {
  return Object.entries(fields(JSON.parse(JSON.stringify(template.Resources))))
    .map(([id, resource]) => ({
      id,
      type: String(field(resource, "Type")),
      properties: field(resource, "Properties"),
      resource,
    }))
    .filter((each) => type === undefined || each.type === type);
}

/** One resource, which has to be there. */
export function resourceOf(stack: AwsStack, id: string): Found {
  const found = resourcesOf(stack).find((each) => each.id === id);
  if (found === undefined) throw new Error(`${stack.name} has no resource ${id}`);
  return found;
}

/** A policy document, wherever one may be: as data, or as text that parameters go into. */
export interface Policy {
  /** `<stack>/<logical id>`. */
  readonly at: string;
  readonly kind: "trust" | "identity" | "resource";
  readonly statements: readonly unknown[];
}

export function policiesOf(stack: AwsStack): readonly Policy[] {
  return resourcesOf(stack).flatMap(({ id, properties }) => {
    const at = `${stack.name}/${id}`;
    const policy = (kind: Policy["kind"], document: unknown): readonly Policy[] =>
      document === undefined ? [] : [{ at, kind, statements: list(asData(document), "Statement") }];
    return [
      ...policy("trust", field(properties, "AssumeRolePolicyDocument")),
      ...list(properties, "Policies").flatMap((each) => policy("identity", field(each, "PolicyDocument"))),
      ...["PolicyDocument", "FileSystemPolicy", "KeyPolicy", "RepositoryPolicyText"].flatMap((name) =>
        policy("resource", field(properties, name)),
      ),
    ];
  });
}

function asData(document: unknown): unknown {
  const text = field(document, "Fn::Sub");
  return typeof text === "string" ? JSON.parse(text) : document;
}
