/** What a chart would not get as it is written: null is lost on the way, the rest is not JSON. */
export interface FaultyValue {
  /** Where in the values, such as `controller.resources`. */
  readonly path: string;
  readonly what: string;
  readonly fix: string;
}

export function faultyValues(values: unknown, path = ""): readonly FaultyValue[] {
  if (Array.isArray(values))
    return values.flatMap((member, index) => faultyValues(member, `${path}[${index}]`));
  if (values === null) {
    return [
      {
        path,
        what: "null, which both reconcilers lose on the way to the chart",
        fix: 'leave it out, or write the empty value that the chart takes, such as "" or {}',
      },
    ];
  }
  if (typeof values === "object") {
    return Object.entries(values).flatMap(([key, member]) =>
      faultyValues(member, path === "" ? key : `${path}.${key}`),
    );
  }
  if (isScalar(values)) return [];
  return [
    { path, what: `${String(values)}, which is not JSON`, fix: "write a string, a number or a boolean" },
  ];
}

function isScalar(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return value === undefined || typeof value === "string" || typeof value === "boolean";
}
