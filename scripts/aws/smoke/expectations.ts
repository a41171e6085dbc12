import { list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** What one URL has to answer. */
export interface Expectation {
  readonly host: string;
  readonly scheme: "http" | "https";
  readonly path: string;
  /** health: success codes of the Ingress · answer: anything but an error of the server · redirect: to https. */
  readonly kind: "health" | "answer" | "redirect";
  /** Lowest and highest status, inclusive. */
  readonly statuses: readonly [number, number];
  /** The object it comes from. */
  readonly from: string;
}

const annotation = "alb.ingress.kubernetes.io/";

/** What the hosts of these objects have to answer, from their Ingresses alone. */
export function expectations(objects: readonly KubernetesObject[]): readonly Expectation[] {
  return objects.filter(({ kind }) => kind === "Ingress").flatMap(ofIngress);
}

function ofIngress(ingress: KubernetesObject): readonly Expectation[] {
  const notes = ingress.metadata.annotations ?? {};
  const isSecure =
    notes[`${annotation}certificate-arn`] !== undefined || list(ingress, "spec", "tls").length > 0;
  const scheme = isSecure ? "https" : "http";
  const from = `Ingress/${ingress.metadata.namespace ?? ""}/${ingress.metadata.name}`;
  return list(ingress, "spec", "rules").flatMap((rule): readonly Expectation[] => {
    const host = text(rule, "host");
    if (host === undefined || host.startsWith("*")) return [];
    const paths = list(rule, "http", "paths").flatMap((path) => text(path, "path") ?? "/");
    const health = notes[`${annotation}healthcheck-path`];
    const redirects = notes[`${annotation}ssl-redirect`] !== undefined;
    return [
      ...(redirects
        ? [{ host, scheme: "http", path: "/", kind: "redirect", statuses: [301, 308], from } as const]
        : []),
      ...(health === undefined
        ? []
        : [
            {
              host,
              scheme,
              path: health,
              kind: "health",
              statuses: range(notes[`${annotation}success-codes`]),
              from,
            } as const,
          ]),
      ...[...new Set(paths)].map(
        (path) => ({ host, scheme, path, kind: "answer", statuses: [200, 499], from }) as const,
      ),
    ];
  });
}

/** `200-399`, or one status; 200 where the Ingress says nothing, as the load balancer does. */
function range(codes = "200"): readonly [number, number] {
  const [first = "200", last = first] = codes.split("-");
  return [Number(first), Number(last)];
}
