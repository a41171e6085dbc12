import { isAccountId, isRegion } from "../../synth/model/names.ts";
import type { AccountId, Region } from "../../synth/model/names.ts";
import { refusal } from "./name.ts";

/** @throws ProblemsError unless the text is twelve digits */
export function accountId(text: string): AccountId {
  if (isAccountId(text)) return text;
  throw refusal(
    `${JSON.stringify(text)} is not an AWS account id`,
    "give its twelve digits, leading zeros too",
  );
}

/** @throws ProblemsError unless the text has the form of a region */
export function regionName(text: string): Region {
  if (isRegion(text)) return text;
  throw refusal(`${JSON.stringify(text)} is not an AWS region`, "give its code, such as us-west-2");
}
