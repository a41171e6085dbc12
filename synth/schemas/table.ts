/**
 * The form of `synth/schemas/data/*.json`: what is left of an OpenAPI document or a CRD once everything that does not
 * decide whether an object is valid is gone.
 */

/** Leaf types. A closed list, so that a new one without a rule does not compile. */
const scalarTypes = [
  "any",
  "object",
  "string",
  "boolean",
  "int32",
  "int64",
  "number",
  "int-or-string",
  "quantity",
  "byte",
  "date-time",
] as const;
export type ScalarType = (typeof scalarTypes)[number];

/** A leaf with bounds. `type` is a `ScalarType`; a JSON import only promises a string. */
export interface ScalarSchema {
  readonly type: string;
  readonly enum?: readonly (string | number | boolean)[];
  /** Regular expression, not anchored unless it says so, as in OpenAPI. Applies to strings. */
  readonly pattern?: string;
  /** Inclusive bounds of numbers. */
  readonly min?: number;
  readonly max?: number;
  /** Bounds of a string, in code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface ListSchema {
  readonly items: Schema;
  /** Fields that together identify an element: no two elements may agree on all of them. */
  readonly keys?: readonly string[];
  /** What the API server fills in for a key that an element leaves out. */
  readonly keyDefaults?: Readonly<Record<string, string | number>>;
  /** A field no two elements may share where both have it (names of ports). */
  readonly unique?: string;
  /** No element twice. */
  readonly set?: boolean;
  readonly min?: number;
  readonly max?: number;
}

export interface MapSchema {
  readonly values: Schema;
  /** Syntax of keys; `labels` and `annotations` also rule the values. */
  readonly syntax?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface ObjectSchema {
  readonly fields: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Fields that are not listed are kept: `x-kubernetes-preserve-unknown-fields`. */
  readonly open?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** One of several schemas, told apart by the shape of the value (a list, a boolean, an object). */
export interface EitherSchema {
  readonly either: readonly Schema[];
}

/** `#name` refers to a shared type; any other string is a `ScalarType`. */
export type Schema = string | ScalarSchema | ListSchema | MapSchema | ObjectSchema | EitherSchema;

export interface KindEntry {
  readonly plural: string;
  /** `Namespaced` or `Cluster`. */
  readonly scope: string;
  readonly schema: Schema;
}

export interface SchemaFile {
  readonly source: {
    readonly module: string;
    readonly version: string;
    readonly files: readonly string[];
    readonly command: string;
  };
  /** By `apiVersion/Kind`. */
  readonly kinds: Readonly<Record<string, KindEntry>>;
  /** By name; a name is unique across files. */
  readonly types: Readonly<Record<string, Schema>>;
}
