import type { Json } from "../objects/kubernetes-object.ts";

/** Keys that tell what a thing is, before the rest, which stays in alphabetical order. */
const ofManifests = ["apiVersion", "kind", "metadata", "name", "namespace", "image", "labels", "annotations"];
const ofTemplates = [
  "AWSTemplateFormatVersion",
  "Description",
  "Parameters",
  "Resources",
  "Type",
  "Key",
  "Name",
  "Effect",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "DependsOn",
];

/** The same data in the order in which people read a manifest. */
export function inReadingOrder(value: Json): Json {
  return ordered(value, ofManifests);
}

/** The same data in the order in which people read a CloudFormation template. */
export function inTemplateOrder(value: Json): Json {
  return ordered(value, ofTemplates);
}

function ordered(value: Json, first: readonly string[]): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((member) => ordered(member, first));
  const members = Object.entries(value);
  const leading = first.flatMap((key) => members.filter(([name]) => name === key));
  const others = members.filter(([name]) => !first.includes(name));
  return Object.fromEntries([...leading, ...others].map(([key, member]) => [key, ordered(member, first)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
