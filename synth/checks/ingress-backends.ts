import { field, list, text } from "../objects/json-fields.ts";
import type { RenderedObject } from "../render/render.ts";

/** A port of a Service that an Ingress routes to. */
export interface IngressBackend {
  readonly service: string;
  /** Its name or its number. */
  readonly port: unknown;
  /** Field path of the backend. */
  readonly path: string;
}

/** Backends of an Ingress that are Services. */
export function backendsOf({ object }: RenderedObject): readonly IngressBackend[] {
  const all = [
    { backend: field(object, "spec", "defaultBackend"), path: "spec.defaultBackend" },
    ...list(object, "spec", "rules").flatMap((rule, position) =>
      list(rule, "http", "paths").map((entry, part) => ({
        backend: field(entry, "backend"),
        path: `spec.rules[${position}].http.paths[${part}].backend`,
      })),
    ),
  ];
  return all.flatMap(({ backend, path }) => {
    const service = text(backend, "service", "name");
    const port = field(backend, "service", "port", "name") ?? field(backend, "service", "port", "number");
    // The load balancer controller reads actions of its own from annotations by this word.
    return service === undefined || port === "use-annotation" ? [] : [{ service, port, path }];
  });
}
