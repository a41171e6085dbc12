import type { Json } from "../objects/kubernetes-object.ts";
import { plain } from "../objects/plain.ts";
import { toYaml } from "../objects/yaml.ts";
import type { Template } from "./template.ts";

/** Keys that tell what a thing is, before the rest, which is in alphabetical order. */
const first = [
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

/** A template as YAML, in the order in which people read one. */
export function templateText(template: Template): string {
  return toYaml(inReadingOrder(plain(template)));
}

function inReadingOrder(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(inReadingOrder);
  const members = Object.entries(value);
  const leading = first.flatMap((key) => members.filter(([name]) => name === key));
  const others = members.filter(([name]) => !first.includes(name));
  return Object.fromEntries([...leading, ...others].map(([key, member]) => [key, inReadingOrder(member)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
