import { isFields } from "../objects/json-fields.ts";
import type { Complaint } from "./issue.ts";
import { described, shown } from "./issue.ts";
import type { ScalarSchema, ScalarType } from "./table.ts";

export type Rule = (value: unknown) => Complaint | undefined;

const int32Limit = 2 ** 31;
const int64Limit = 2 ** 63;

/** A number, then an SI suffix, a binary one or an exponent (apimachinery's resource.Quantity). */
const quantity = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const rules: Readonly<Record<ScalarType, Rule>> = {
  any: () => undefined,
  object: (value) => (isFields(value) ? undefined : expected("an object", value, "write fields here")),
  string: text,
  boolean: (value) =>
    typeof value === "boolean" ? undefined : expected("true or false", value, booleanFix(value)),
  int32: (value) => integer(value, int32Limit),
  int64: (value) => integer(value, int64Limit),
  number: (value) => (typeof value === "number" ? undefined : expected("a number", value, numberFix(value))),
  "int-or-string": (value) => (typeof value === "string" ? undefined : intOrString(value)),
  quantity: quantityRule,
  byte: (value) => text(value) ?? base64Rule(String(value)),
  "date-time": (value) => text(value) ?? dateRule(String(value)),
};

const ruleByName: ReadonlyMap<string, Rule> = new Map(Object.entries(rules));

/** The rule that says why a value is not of a leaf type. Throws for a type that the schemas should not hold. */
export function scalarRule(type: string): Rule {
  const rule = ruleByName.get(type);
  if (rule === undefined) throw new Error(`no rule for the schema type ${type}`);
  return rule;
}

/** Why a value of the right type is outside of its bounds. `pattern` is the schema's, compiled. */
export function boundsComplaint(
  schema: ScalarSchema,
  value: unknown,
  pattern: RegExp | undefined,
): Complaint | undefined {
  const { enum: values } = schema;
  if (values !== undefined && !values.some((allowed) => allowed === value)) {
    const choices = values.filter((allowed) => allowed !== "").join(", ");
    return { what: `${described(value)} is not one of the allowed values`, fix: `write one of ${choices}` };
  }
  if (typeof value === "number") return rangeComplaint(schema, value);
  return typeof value === "string" ? stringComplaint(schema, value, pattern) : undefined;
}

function rangeComplaint({ min, max }: ScalarSchema, value: number): Complaint | undefined {
  if (min !== undefined && value < min)
    return { what: `${value} is too small`, fix: `write at least ${min}` };
  if (max !== undefined && value > max) return { what: `${value} is too large`, fix: `write at most ${max}` };
  return undefined;
}

function stringComplaint(
  schema: ScalarSchema,
  value: string,
  pattern: RegExp | undefined,
): Complaint | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  // The API server counts code points; counting code units first spares the common case the copy.
  if (value.length < minLength * 2 || value.length > maxLength) {
    const length = [...value].length;
    if (length < minLength) {
      const what = length === 0 ? "the text is empty" : `${shown(value)} has ${length} characters`;
      return { what, fix: `write at least ${minLength} ${minLength === 1 ? "character" : "characters"}` };
    }
    if (length > maxLength) {
      return {
        what: `${shown(value)} has ${length} characters`,
        fix: `write at most ${maxLength} characters`,
      };
    }
  }
  if (pattern === undefined || pattern.test(value)) return undefined;
  return { what: `${shown(value)} is not of the form this field has`, fix: `match ${schema.pattern}` };
}

function expected(type: string, value: unknown, fix: string): Complaint {
  return { what: `expected ${type}, found ${described(value)}`, fix };
}

function text(value: unknown): Complaint | undefined {
  if (typeof value === "string") return undefined;
  const leaf = typeof value === "number" || typeof value === "boolean";
  return expected("text", value, leaf ? `put it in quotes: "${String(value)}"` : "write text here");
}

function integer(value: unknown, limit: number): Complaint | undefined {
  if (typeof value !== "number") return expected("a whole number", value, numberFix(value));
  if (!Number.isInteger(value)) return expected("a whole number", value, "leave out the decimals");
  if (value >= -limit && value < limit) return undefined;
  return {
    what: `${value} does not fit ${limit === int32Limit ? 32 : 64} bits`,
    fix: "write a smaller number",
  };
}

function intOrString(value: unknown): Complaint | undefined {
  if (typeof value === "number") return integer(value, int32Limit);
  return expected("a whole number or text", value, "write a number, or text in quotes");
}

function quantityRule(value: unknown): Complaint | undefined {
  if (typeof value === "number") return undefined;
  if (typeof value !== "string")
    return expected("a quantity", value, 'write an amount such as "500m" or "512Mi"');
  if (quantity.test(value.trim())) return undefined;
  const bytes = /^(\d+)\s*([kmgt])b?$/i.exec(value.trim());
  const example =
    bytes === null
      ? 'an amount such as "500m", "1.5" or "512Mi"'
      : `"${bytes[1]}${bytes[2]?.toUpperCase()}i"`;
  return { what: `${shown(value)} is not a quantity`, fix: `write ${example}` };
}

function base64Rule(value: string): Complaint | undefined {
  const plain = value.replaceAll(/[\r\n]/g, "");
  if (plain.length % 4 === 0 && base64.test(plain)) return undefined;
  // The value may be a secret, so the message does not repeat it.
  return { what: "the text is not base64", fix: "encode it (a Secret takes it as it is under stringData)" };
}

function dateRule(value: string): Complaint | undefined {
  if (rfc3339.test(value)) return undefined;
  return { what: `${shown(value)} is not a time`, fix: 'write it as "2026-01-31T12:00:00Z"' };
}

function booleanFix(value: unknown): string {
  if (typeof value !== "string") return "write true or false";
  if (/^(true|yes|on)$/i.test(value)) return "write true, without quotes";
  return /^(false|no|off)$/i.test(value) ? "write false, without quotes" : "write true or false";
}

function numberFix(value: unknown): string {
  const numeric = typeof value === "string" && value !== "" && Number.isFinite(Number(value));
  return numeric ? `write ${value}, without quotes` : "write a number";
}
