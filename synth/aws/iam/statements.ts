import type { PermissionStatement } from "../../model/permission.ts";
import type { PolicyStatement } from "../policy.ts";
import { withTokens } from "./tokens.ts";
import type { OutputToken } from "./tokens.ts";

/** Declared permissions as the statements of a policy. */
export function statementsOf(
  declared: readonly PermissionStatement[],
  tokens: readonly OutputToken[],
): readonly PolicyStatement[] {
  return declared.map(({ actions, resources, conditions }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources.map((arn) => withTokens(arn, tokens)),
    ...(conditions && {
      Condition: Object.fromEntries(
        Object.entries(conditions).map(([operator, keys]) => [
          operator,
          Object.fromEntries(
            Object.entries(keys).map(([key, values]) => [
              key,
              values.map((value) => withTokens(value, tokens)),
            ]),
          ),
        ]),
      ),
    }),
  }));
}
