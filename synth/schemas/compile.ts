import { isFields } from "../objects/json-fields.ts";
import { duplicateIssues } from "./duplicates.ts";
import { missingField, unknownField, wrongShape } from "./field-complaints.ts";
import type { Complaint, SchemaIssue } from "./issue.ts";
import { syntaxIssues } from "./map-syntax.ts";
import { boundsComplaint, scalarRule } from "./scalar.ts";
import type { EitherSchema, ListSchema, MapSchema, ObjectSchema, ScalarSchema, Schema } from "./table.ts";

/** Compares a value with a schema and adds everything that is wrong to `issues`. */
export type Check = (value: unknown, path: string, issues: SchemaIssue[]) => void;

/**
 * Turns schemas into functions, which are several times as fast as looking into the schema for each value. A shared type
 * is compiled when a value first needs it: of the hundreds that there are, a fleet uses a few dozen.
 */
export class Compiler {
  readonly #typeOf: (name: string) => Schema;
  readonly #references = new Map<string, Check>();

  constructor(typeOf: (name: string) => Schema) {
    this.#typeOf = typeOf;
  }

  compile(schema: Schema): Check {
    if (typeof schema === "string")
      return schema.startsWith("#") ? this.#reference(schema.slice(1)) : leaf(schema);
    if ("fields" in schema) return this.#object(schema);
    if ("type" in schema) return scalar(schema);
    if ("items" in schema) return this.#list(schema);
    return "values" in schema ? this.#map(schema) : this.#either(schema);
  }

  #reference(name: string): Check {
    const known = this.#references.get(name);
    if (known !== undefined) return known;
    let check: Check | undefined;
    const reference: Check = (value, path, issues) => {
      check ??= this.compile(this.#typeOf(name));
      check(value, path, issues);
    };
    this.#references.set(name, reference);
    return reference;
  }

  #object(schema: ObjectSchema): Check {
    const { open = false, required = [] } = schema;
    const fields = new Map(Object.entries(schema.fields).map(([name, field]) => [name, this.compile(field)]));
    return (value, path, issues) => {
      if (!isFields(value)) return add(issues, path, wrongShape("an object", value));
      let count = 0;
      for (const key in value) {
        const member = value[key];
        // The API server takes null for "not there".
        if (member === undefined || member === null) continue;
        count += 1;
        const field = fields.get(key);
        if (field !== undefined) field(member, inside(path, key), issues);
        else if (!open) add(issues, inside(path, key), unknownField(key, Object.keys(schema.fields)));
      }
      for (const key of required) {
        if (value[key] === undefined || value[key] === null)
          add(issues, inside(path, key), missingField(key));
      }
      add(issues, path, sizeComplaint(schema, count, "fields"));
    };
  }

  #map(schema: MapSchema): Check {
    const check = this.compile(schema.values);
    return (value, path, issues) => {
      if (!isFields(value)) return add(issues, path, wrongShape("an object", value));
      let count = 0;
      for (const key in value) {
        const member = value[key];
        if (member === undefined || member === null) continue;
        count += 1;
        check(member, `${path}[${key}]`, issues);
      }
      if (schema.syntax !== undefined) issues.push(...syntaxIssues(schema.syntax, value, path));
      add(issues, path, sizeComplaint(schema, count, "entries"));
    };
  }

  #list(schema: ListSchema): Check {
    const check = this.compile(schema.items);
    return (value, path, issues) => {
      if (!Array.isArray(value)) return add(issues, path, wrongShape("a list", value));
      for (let index = 0; index < value.length; index += 1) check(value[index], `${path}[${index}]`, issues);
      if (value.length > 1) issues.push(...duplicateIssues(schema, value, path));
      add(issues, path, sizeComplaint(schema, value.length, "elements"));
    };
  }

  #either({ either }: EitherSchema): Check {
    const choices = new Map(either.map((schema) => [shapeOf(schema), this.compile(schema)]));
    return (value, path, issues) => {
      const choice = choices.get(shapeOfValue(value));
      if (choice !== undefined) return choice(value, path, issues);
      add(issues, path, wrongShape([...choices.keys()].join(" or "), value));
    };
  }
}

function leaf(type: string): Check {
  const rule = scalarRule(type);
  return (value, path, issues) => add(issues, path, rule(value));
}

function scalar(schema: ScalarSchema): Check {
  const rule = scalarRule(schema.type);
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern, "u");
  return (value, path, issues) => add(issues, path, rule(value) ?? boundsComplaint(schema, value, pattern));
}

function add(issues: SchemaIssue[], path: string, complaint: Complaint | undefined): void {
  if (complaint !== undefined) issues.push({ path, ...complaint });
}

function inside(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function sizeComplaint(
  { min = 0, max }: { readonly min?: number; readonly max?: number },
  count: number,
  of: string,
): Complaint | undefined {
  if (count < min) return { what: `there are ${count} ${of}`, fix: `write at least ${min}` };
  if (max === undefined || count <= max) return undefined;
  return { what: `there are ${count} ${of}`, fix: `write at most ${max}` };
}

function shapeOf(schema: Schema): string {
  if (typeof schema === "object") return "items" in schema ? "a list" : "an object";
  return schema === "boolean" ? "true or false" : "an object";
}

function shapeOfValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return "true or false";
  return isFields(value) ? "an object" : "a leaf";
}
