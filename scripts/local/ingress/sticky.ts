import { stringMap } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** A cookie that keeps a client with one pod. */
export interface StickyCookie {
  readonly name: string;
  /** What follows its value in `Set-Cookie`. */
  readonly attributes: string;
}

const annotation = "traefik.ingress.kubernetes.io/service.sticky.cookie";

/** As Traefik reads it from a Service's annotations; undefined where any pod may answer. */
export function stickyCookie(service: KubernetesObject): StickyCookie | undefined {
  const said = stringMap(service.metadata, "annotations");
  if (said[annotation] !== "true") return undefined;
  const { [`${annotation}.maxage`]: age, [`${annotation}.samesite`]: site } = said;
  const attributes = [
    "Path=/",
    ...(age === undefined ? [] : [`Max-Age=${age}`]),
    ...(said[`${annotation}.httponly`] === "true" ? ["HttpOnly"] : []),
    ...(site === undefined ? [] : [`SameSite=${site}`]),
  ];
  return {
    name: said[`${annotation}.name`] ?? `${service.metadata.name}-pod`,
    attributes: attributes.join("; "),
  };
}

/** The value of a cookie in a request's header. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  const found = (header ?? "").split("; ").find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
