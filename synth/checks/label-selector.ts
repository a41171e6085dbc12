import { fields, list, stringMap, strings, text } from "../objects/json-fields.ts";

type Labels = Readonly<Record<string, string>>;

/** Whether labels have every one of these values. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Whether a LabelSelector takes these labels. An empty one takes all. */
export function selects(selector: unknown, labels: Labels): boolean {
  return (
    hasLabels(labels, stringMap(selector, "matchLabels")) &&
    list(selector, "matchExpressions").every((expression) => {
      const value = labels[text(expression, "key") ?? ""];
      const values = strings(expression, "values");
      switch (text(expression, "operator")) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

export function isEmptySelector(selector: unknown): boolean {
  return (
    Object.keys(fields(selector, "matchLabels")).length === 0 &&
    list(selector, "matchExpressions").length === 0
  );
}

/** A LabelSelector for people: `app=web, tier in (a, b)`. */
export function selectorText(selector: unknown): string {
  return [
    ...Object.entries(stringMap(selector, "matchLabels")).map(([key, value]) => `${key}=${value}`),
    ...list(selector, "matchExpressions").map((expression) => {
      const values = strings(expression, "values");
      const head = `${text(expression, "key")} ${text(expression, "operator")}`;
      return values.length === 0 ? head : `${head} (${values.join(", ")})`;
    }),
  ].join(", ");
}
