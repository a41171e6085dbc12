/** `{{ .key }}` or `{{ .key | urlquery }}`, the forms that the fleet's templates are written in. */
const expression = /\{\{-?\s*\.([A-Za-z_][A-Za-z0-9_]*)\s*(?:\|\s*(urlquery|b64enc)\s*)?-?\}\}/g;

const functions = new Map<string, (value: string) => string>([
  // As Go's url.QueryEscape: a space is a plus.
  ["urlquery", (value) => encodeURIComponent(value).replaceAll("%20", "+")],
  ["b64enc", (value) => Buffer.from(value).toString("base64")],
]);

/**
 * A template of an ExternalSecret, filled in.
 *
 * @throws Error for a key that is not there, and for what this stand-in does not know how to evaluate
 */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  const filled = template.replaceAll(expression, (_whole, key: string, name: string = "") => {
    const value = values[key];
    if (value === undefined) throw new Error(`the template asks for ${key}, which no remote property fills`);
    return functions.get(name)?.(value) ?? value;
  });
  const left = /\{\{[^}]*\}\}/.exec(template.replaceAll(expression, ""))?.[0];
  if (left !== undefined) throw new Error(`the stand-in for External Secrets does not know ${left}`);
  return filled;
}
