import { dump, SCALAR_STYLE, visit } from "js-yaml";
import type { Json } from "./kubernetes-object.ts";

/**
 * What Go's reader, which kubectl and both reconcilers use, takes for a number and readers of YAML 1.2 do
 * not: digits with underscores anywhere among them.
 */
const numberWithUnderscores = /^[-+.]?(?=[\d_.]*\d)(?=.*_)[\d_.]+(?:[eE][-+]?[\d_]+)?$/;

/** One YAML document, in a form that readers of YAML 1.1 and 1.2, Go's among them, take for the same. */
export function toYaml(value: Json): string {
  return dump(value, {
    lineWidth: -1,
    noRefs: true,
    transform: (documents) =>
      visit(documents, (node) => {
        if (node.kind === "scalar" && numberWithUnderscores.test(node.value)) {
          node.style = SCALAR_STYLE.SINGLE_QUOTED;
        }
      }),
  });
}
