/** Allowed values by type (`core.v1.Container`) and field. */
export type Enums = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/**
 * Enums in a `zz_generated.openapi.go`. The published OpenAPI documents leave them out (feature gate OpenAPIEnums); the
 * Go code that both come from has them. gofmt keeps it in one shape: a property is at five tabs.
 */
export function readEnums(source: string): Enums {
  const found = new Map<string, Map<string, readonly string[]>>();
  let type = "";
  let field = "";
  for (const line of source.split("\n")) {
    type = /^func schema_(?:k8sio_api|pkg_apis)_(\w+)\(/.exec(line)?.[1] ?? type;
    field = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? field;
    const values = /^\t+Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line)?.[1];
    if (values === undefined) continue;
    const name = type.replace(/^([^_]+)_([^_]+)_/, "$1.$2.");
    const fields = found.get(name) ?? new Map<string, readonly string[]>();
    found.set(name, fields.set(field, strings(values)));
  }
  return found;
}

function strings(list: string): readonly string[] {
  const values: unknown = JSON.parse(`[${list}]`);
  if (!Array.isArray(values)) throw new TypeError(`no list of values: ${list}`);
  return values.filter((value) => typeof value === "string");
}
