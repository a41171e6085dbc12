import type { Given, Intrinsic } from "./intrinsic.ts";
import type { ResourceProperties, ResourceType } from "./resource-types.ts";

/** One resource of a template, its properties already held against the type that AWS publishes for it. */
export interface Resource {
  readonly Type: ResourceType;
  readonly Properties: object;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: "RetainExceptOnCreate";
  readonly UpdateReplacePolicy?: "Retain";
}

/** By logical id. */
export type Resources = Readonly<Record<string, Resource>>;

export interface Parameter {
  readonly Type: "String" | "CommaDelimitedList";
  readonly Description: string;
}

export interface Output {
  readonly Description: string;
  readonly Value: string | Intrinsic;
}

/** A CloudFormation template, as data. Members are by logical id. */
export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  readonly Resources: Resources;
  /** Absent where there are none: CloudFormation takes no empty block. */
  readonly Outputs?: Readonly<Record<string, Output>>;
}

export function resource<T extends ResourceType>(
  type: T,
  properties: Given<ResourceProperties[T]>,
  attributes: Pick<Resource, "DependsOn"> = {},
): Resource {
  return { Type: type, Properties: properties, ...attributes };
}

/**
 * One that outlives its stack, and its own replacement, because it holds what nothing brings back. One that a failed creation
 * leaves is empty, and goes: its name would be taken on the next try.
 */
export function kept<T extends ResourceType>(
  type: T,
  properties: Given<ResourceProperties[T]>,
  attributes: Pick<Resource, "DependsOn"> = {},
): Resource {
  return {
    ...resource(type, properties, attributes),
    DeletionPolicy: "RetainExceptOnCreate",
    UpdateReplacePolicy: "Retain",
  };
}

/** The same value under the same key for each member of a list; keys have to differ. */
export function each<T, V>(
  members: readonly T[],
  key: (member: T, index: number) => string,
  value: (member: T, index: number) => V,
): Readonly<Record<string, V>> {
  return Object.fromEntries(members.map((member, index) => [key(member, index), value(member, index)]));
}
