import { load } from "js-yaml";
import { ownershipMark } from "../layout/file-spec.ts";
import { isKubernetesObject, plain } from "../objects/plain.ts";
import type { Json, KubernetesObject } from "../objects/kubernetes-object.ts";

/** One object of dist as one revision has it. */
export interface DistObject {
  /** Below dist, such as `local/applications/shop-local/Deployment.web.yaml`. */
  readonly path: string;
  readonly cluster: string;
  /** Second part of the path: a layer, or a folder of the reconciler's own objects. */
  readonly folder: string;
  /** The placement or add-on whose slice it is part of; empty where the file does not say. */
  readonly owner: string;
  /** Path of its definition from the repository root; empty where the file does not say. */
  readonly definition: string;
  readonly object: KubernetesObject;
}

/** A file of dist that is no object. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

/** Largest file that is parsed, in characters: the largest definition of a custom resource that charts bring has 1.5 million. */
const longest = 1 << 24;

/** The kind of what lies in `bootstrap/values/`: chart values for a person to install with, no object of a cluster. */
const valuesKind = "HelmValues";

/** Group of what lies in `aws/`: CloudFormation templates, which the deployment commands apply and no reconciler reads. */
export const stackGroup = (stack: string): string => `${stack}.aws.slipway.dev`;

/** Reads one file. What git holds was written by anybody: whatever it is, this returns. */
export function readDistObject(path: string, content: string): DistObject | Unreadable {
  if (content.length > longest) return { path, reason: `it has more than ${longest} characters` };
  const [cluster = "", folder = ""] = path.split("/");
  try {
    const value = plain(load(content, { maxAliases: 0, maxDepth: 200 }));
    const { owner, definition } = headerOf(content);
    const object = asObject(cluster, folder, path, value);
    if (isKubernetesObject(object)) return { path, cluster, folder, owner, definition, object };
    return { path, reason: "it is no Kubernetes object: apiVersion, kind or metadata.name is missing" };
  } catch (error) {
    const [reason = "it cannot be parsed"] = (error instanceof Error ? error.message : String(error)).split(
      "\n",
    );
    return { path, reason };
  }
}

export function isReadable(read: DistObject | Unreadable): read is DistObject {
  return "object" in read;
}

/** Chart values and templates are no objects of a cluster, and change all the same: each is dressed as one. */
function asObject(cluster: string, folder: string, path: string, value: Json): Json | KubernetesObject {
  if (path.startsWith(`${cluster}/bootstrap/values/`)) return chartValues(path, value);
  return folder === "aws" ? stackTemplate(path, value) : value;
}

function stackTemplate(path: string, template: Json): KubernetesObject {
  const stack = path.slice(path.lastIndexOf("/") + 1).replace(/\.yaml$/, "");
  return {
    apiVersion: `${stackGroup(stack)}/v1`,
    kind: "CloudFormationStack",
    metadata: { name: stack },
    template,
  };
}

function chartValues(path: string, values: Json): KubernetesObject {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.yaml$/, "");
  return { apiVersion: "slipway.dev/v1", kind: valuesKind, metadata: { name }, values };
}

/** Owner and definition from the first line that layout writes. */
function headerOf(content: string): { owner: string; definition: string } {
  const [line = ""] = content.split("\n", 1);
  const match = /^(\S+), from (\S+)\. /.exec(
    line.startsWith(ownershipMark) ? line.slice(ownershipMark.length) : "",
  );
  return { owner: match?.[1] ?? "", definition: match?.[2] ?? "" };
}
