import type { Schema } from "../../synth/schemas/table.ts";
import { documentAt, documentsAt, isDocument, textAt, textsAt } from "./document.ts";
import type { Document } from "./document.ts";
import type { Enums } from "./enums.ts";
import { kubernetesRules, notRequired } from "./kubernetes-rules.ts";
import { keyDefaults } from "./list-keys.ts";

/** Definitions whose Go type reads JSON in its own way, so that their OpenAPI form does not say what they take. */
const ownForms: Readonly<Record<string, Schema>> = {
  "api.resource.Quantity": "quantity",
  "util.intstr.IntOrString": "int-or-string",
  "pkg.runtime.RawExtension": "object",
  "meta.v1.FieldsV1": "object",
  "meta.v1.Time": "date-time",
  "meta.v1.MicroTime": "date-time",
  "apiextensions.v1.JSON": "any",
  "apiextensions.v1.CustomResourceSubresourceStatus": "object",
  "apiextensions.v1.JSONSchemaPropsOrBool": { either: ["#apiextensions.v1.JSONSchemaProps", "boolean"] },
  "apiextensions.v1.JSONSchemaPropsOrArray": {
    either: ["#apiextensions.v1.JSONSchemaProps", { items: "#apiextensions.v1.JSONSchemaProps" }],
  },
  "apiextensions.v1.JSONSchemaPropsOrStringArray": {
    either: ["#apiextensions.v1.JSONSchemaProps", { items: "string" }],
  },
};

/** Translates definitions of Kubernetes' OpenAPI documents, by short name: the last three parts, `core.v1.Container`. */
export class Definitions {
  readonly #definitions: ReadonlyMap<string, Document>;
  readonly #enums: Enums;

  constructor(documents: readonly Document[], enums: Enums) {
    this.#enums = enums;
    this.#definitions = new Map(
      documents
        .flatMap((document) => Object.entries(documentAt(documentAt(document, "components"), "schemas")))
        .map(([name, definition]) => [shortName(name), isDocument(definition) ? definition : {}]),
    );
  }

  /** A shared type by name. */
  translate(name: string): Schema {
    const definition = this.#definitions.get(name);
    if (definition === undefined) throw new Error(`no definition of ${name}`);
    if (definition["properties"] === undefined) return "object";
    const optional = notRequired[name] ?? [];
    const required = textsAt(definition, "required").filter((field) => !optional.includes(field));
    const fields = Object.entries(documentAt(definition, "properties")).map(
      ([field, node]): [string, Schema] => [field, this.#field(name, field, node, required.includes(field))],
    );
    return { fields: Object.fromEntries(fields), ...(required.length > 0 && { required }) };
  }

  #field(type: string, field: string, node: unknown, required: boolean): Schema {
    if (!isDocument(node)) throw new TypeError(`${type}.${field} is no object`);
    const values = this.#enums.get(type)?.get(field);
    // The server takes the empty string of an optional field for "not set".
    const allowed = values === undefined || required || values.includes("") ? values : [...values, ""];
    const schema = this.#node(node, allowed);
    const rules = kubernetesRules[type]?.[field];
    if (rules === undefined) return schema;
    return typeof schema === "string" ? { type: schema, ...rules } : { ...schema, ...rules };
  }

  #node(node: Document, values?: readonly string[]): Schema {
    const [inherited] = documentsAt(node, "allOf");
    if (inherited !== undefined) return reference(textAt(inherited, "$ref"));
    if (node["$ref"] !== undefined) return reference(textAt(node, "$ref"));
    if (node["type"] === "array") return this.#list(node, values);
    if (node["type"] === "object") {
      const values = node["additionalProperties"];
      return isDocument(values) ? { values: this.#node(values) } : "object";
    }
    const scalar = typeof node["format"] === "string" ? formats[node["format"]] : textAt(node, "type");
    if (scalar === undefined) throw new Error(`unknown format ${String(node["format"])}`);
    return values === undefined ? scalar : { type: scalar, enum: values };
  }

  #list(node: Document, values?: readonly string[]): Schema {
    const items = documentAt(node, "items");
    const keys = node["x-kubernetes-list-type"] === "map" ? textsAt(node, "x-kubernetes-list-map-keys") : [];
    const [inherited] = documentsAt(items, "allOf");
    const element = inherited && this.#definitions.get(shortName(textAt(inherited, "$ref")));
    return {
      items: this.#node(
        items,
        values?.filter((value) => value !== ""),
      ),
      ...(keys.length > 0 && { keys, ...keyDefaults(element, keys) }),
      ...(node["x-kubernetes-list-type"] === "set" && { set: true }),
    };
  }
}

const formats: Readonly<Record<string, string>> = {
  int32: "int32",
  int64: "int64",
  double: "number",
  byte: "byte",
  "date-time": "date-time",
};

function shortName(name: string): string {
  return name.split("/").at(-1)?.split(".").slice(-3).join(".") ?? name;
}

function reference(ref: string): Schema {
  const name = shortName(ref);
  return ownForms[name] ?? `#${name}`;
}
