import type { RenderedObject } from "../render/render.ts";
import { fields, list, number, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";

const prefix = "alb.ingress.kubernetes.io/";

/** Behind an ALB everything is HTTPS: it has a certificate, and port 80 is there to redirect. */
export const ingressTls: Check = {
  id: "ingress-tls",
  *run(input) {
    for (const ingress of indexOf(input).all("networking.k8s.io/Ingress")) {
      if (!onAlb(input, ingress)) continue;
      for (const { what, fix, annotation } of faults(input, ingress)) {
        yield objectProblem(
          ingressTls.id,
          input,
          ingress,
          what,
          fix,
          `metadata.annotations[${prefix}${annotation}]`,
        );
      }
    }
  },
};

interface Fault {
  readonly what: string;
  readonly fix: string;
  readonly annotation: string;
}

function onAlb(input: RenderedCluster, { object }: RenderedObject): boolean {
  const { ingress } = input.cluster.capabilities;
  return (
    (ingress?.controller === "alb" && text(object, "spec", "ingressClassName") === ingress.controller) ||
    Object.keys(object.metadata.annotations ?? {}).some((key) => key.startsWith(prefix))
  );
}

function faults(input: RenderedCluster, ingress: RenderedObject): readonly Fault[] {
  const { annotations = {} } = ingress.object.metadata;
  const found: Fault[] = [];
  const certified =
    annotations[`${prefix}certificate-arn`] !== undefined || certifiedElsewhere(input, ingress);
  const listeners = listenersOf(annotations[`${prefix}listen-ports`], certified);
  const redirect = annotations[`${prefix}ssl-redirect`];
  if (!certified) {
    found.push({
      what: "its load balancer has no certificate, so it serves plain HTTP",
      fix: 'list the output "certificateArn" in the cluster and give it to the capability "ingress"',
      annotation: "certificate-arn",
    });
  }
  if (redirect === undefined && listeners.http.length > 0 && certified) {
    found.push({
      what: `port ${listeners.http.join(", ")} serves plain HTTP beside HTTPS`,
      fix: "set ssl-redirect to the HTTPS port",
      annotation: "ssl-redirect",
    });
  }
  if (redirect !== undefined && listeners.http.length === 0) {
    found.push({
      what: "it redirects HTTP to HTTPS and listens to no HTTP: port 80 stays closed, silently",
      fix: 'set listen-ports to [{"HTTP":80},{"HTTPS":443}]',
      annotation: "listen-ports",
    });
  }
  if (redirect !== undefined && certified && !listeners.https.includes(Number(redirect))) {
    found.push({
      what: `it redirects to port ${redirect}, where it does not listen to HTTPS: the controller refuses it`,
      fix: `redirect to one of: ${listeners.https.join(", ") || "none, until listen-ports has HTTPS"}`,
      annotation: "ssl-redirect",
    });
  }
  return found;
}

/** The controller looks a certificate up by the hosts under tls, or takes its class's. */
function certifiedElsewhere(input: RenderedCluster, { object }: RenderedObject): boolean {
  return (
    list(object, "spec", "tls").length > 0 ||
    indexOf(input)
      .all("elbv2.k8s.aws/IngressClassParams")
      .some((parameters) => list(parameters.object, "spec", "certificateArn").length > 0)
  );
}

function listenersOf(
  annotation: string | undefined,
  certified: boolean,
): { readonly http: readonly number[]; readonly https: readonly number[] } {
  if (annotation === undefined) return certified ? { http: [], https: [443] } : { http: [80], https: [] };
  let listeners: unknown;
  try {
    listeners = JSON.parse(annotation);
  } catch {
    return { http: [], https: [] };
  }
  const ports = (protocol: string) =>
    list({ listeners }, "listeners").flatMap((listener) => number(fields(listener), protocol) ?? []);
  return { http: ports("HTTP"), https: ports("HTTPS") };
}
