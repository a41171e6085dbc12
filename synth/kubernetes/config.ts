import { k8s } from "cdk8s-plus-28";
import { digestOf } from "../objects/digest.ts";
import type { Stage } from "../model/stage.ts";

/** A ConfigMap, and a digest of its content: pods that carry the digest restart when it changes. */
export interface ConfigRef {
  readonly configMapName: string;
  readonly digest: string;
}

/** A ConfigMap of settings or files. */
export function config(stage: Stage, name: string, data: Readonly<Record<string, string>>): ConfigRef {
  stage.add(k8s.KubeConfigMap, name, { data: { ...data } });
  return { configMapName: name, digest: digestOf(data) };
}
