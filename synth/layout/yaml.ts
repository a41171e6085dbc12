import { dump } from "js-yaml";
import type { Json } from "../objects/kubernetes-object.ts";

/** One YAML document, in a form that readers of YAML 1.1 and 1.2 take for the same. */
export function toYaml(value: Json): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}
