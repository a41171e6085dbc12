import { k8s } from "cdk8s-plus-28";
import type { AlbIngress, Capabilities } from "../model/capability.ts";
import type { Stage } from "../model/stage.ts";
import type { PortRef } from "./component.ts";
import { limitAnnotation } from "./request-limit.ts";

export interface HttpIngressSpec {
  readonly host: string;
  /** Path prefix → port; the longest prefix wins. */
  readonly routes: Readonly<Record<string, PortRef>>;
  /** Seconds that a connection may be silent, for streams. Default: 60. */
  readonly idleTimeoutSeconds?: number;
  /** Seconds that a client stays with one pod. Default: none, any pod answers. */
  readonly stickySeconds?: number;
  /** Path that the load balancer asks for health. Default: `/`. */
  readonly healthPath?: string;
  /**
   * Requests a minute from one client address. Default: no limit. Traefik counts them itself; in front of
   * an ALB its web ACL does, so that an internet-facing one without a web ACL is refused.
   */
  readonly requestsPerMinute?: number;
  /** Load balancer shared with other ingresses of that name. Default: one of its own. */
  readonly group?: string;
}

/** An Ingress with TLS, and HTTP redirected to it, in the words of the cluster's controller. */
export function httpIngress(stage: Stage, name: string, spec: HttpIngressSpec): void {
  const { ingress } = stage.context.capabilities;
  if (ingress === undefined) {
    stage.context.report(
      `Ingress ${name} has no controller: ${stage.context.cluster.name} has no ingress`,
      'give the cluster the capability "ingress", and list it among what the app needs',
    );
    return;
  }
  const annotations =
    ingress.controller === "alb" ? onAlb(stage, name, ingress, spec) : onTraefik(stage, name, spec);
  const paths = Object.entries(spec.routes).toSorted(([a], [b]) => b.length - a.length);
  stage.add(k8s.KubeIngress, name, {
    metadata: { annotations },
    spec: {
      ingressClassName: ingress.controller,
      rules: [
        {
          host: spec.host,
          http: {
            paths: paths.map(([path, port]) => ({
              path,
              pathType: "Prefix",
              backend: { service: { name: port.component, port: { name: port.name } } },
            })),
          },
        },
      ],
    },
  });
}

/** Address that users open. Off AWS no certificate is there to serve it with. */
export function publicUrl(
  { capabilities }: { readonly capabilities: Partial<Capabilities> },
  host: string,
): string {
  return `${capabilities.ingress?.controller === "alb" ? "https" : "http"}://${host}`;
}

/** Annotations for an ALB, unless it could not do what is asked of it. */
function onAlb(
  stage: Stage,
  name: string,
  ingress: AlbIngress,
  spec: HttpIngressSpec,
): Record<string, string> {
  refuseUncounted(stage, name, ingress, spec);
  const { requestsPerMinute } = spec;
  return {
    ...albAnnotations(ingress, spec),
    // The load balancer counts nothing; its web ACL is told by this.
    ...(requestsPerMinute !== undefined &&
      ingress.webAclArn !== undefined && { [limitAnnotation]: String(requestsPerMinute) }),
  };
}

/** Annotations for Traefik, which takes the rest from other objects: stickiness from Services, a limit from a Middleware. */
function onTraefik(stage: Stage, name: string, spec: HttpIngressSpec): Record<string, string> {
  stickServices(stage, name, spec);
  return traefikAnnotations(addRateLimit(stage, name, spec));
}

function albAnnotations(ingress: AlbIngress, spec: HttpIngressSpec): Record<string, string> {
  const { idleTimeoutSeconds = 60, stickySeconds, healthPath = "/", group } = spec;
  const attributes = [
    `idle_timeout.timeout_seconds=${idleTimeoutSeconds}`,
    "routing.http.drop_invalid_header_fields.enabled=true",
  ];
  const targetAttributes = [
    "deregistration_delay.timeout_seconds=30",
    ...(stickySeconds === undefined
      ? []
      : [
          "stickiness.enabled=true",
          "stickiness.type=lb_cookie",
          `stickiness.lb_cookie.duration_seconds=${stickySeconds}`,
        ]),
  ];
  return prefixed({
    scheme: ingress.scheme,
    "target-type": "ip",
    // The redirect needs a listener to redirect from: without port 80 it does nothing, silently.
    "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
    "ssl-redirect": "443",
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "certificate-arn": ingress.certificateArn,
    "inbound-cidrs": ingress.inboundCidrs?.join(","),
    "wafv2-acl-arn": ingress.webAclArn,
    "healthcheck-path": healthPath,
    // What the kubelet takes for an answer too, so that a redirect to a login page is healthy for both.
    "success-codes": "200-399",
    "load-balancer-attributes": attributes.join(","),
    "target-group-attributes": targetAttributes.join(","),
    "group.name": group,
  });
}

function prefixed(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[`alb.ingress.kubernetes.io/${key}`, value]],
    ),
  );
}

function refuseUncounted(stage: Stage, name: string, ingress: AlbIngress, spec: HttpIngressSpec): void {
  const counted = spec.requestsPerMinute === undefined || ingress.webAclArn !== undefined;
  if (counted || ingress.scheme === "internal") return;
  stage.context.report(
    `Ingress ${name} limits requests, and nothing in front of the load balancer counts them`,
    `list the output "webAclArn" in ${stage.context.cluster.name} and give it to the capability "ingress"`,
  );
}

/**
 * Traefik neither buffers responses nor closes silent streams, so there is no timeout to set. Its `web`
 * entry point serves plain HTTP or redirects it, as the platform configures; `websecure` ends TLS.
 */
function traefikAnnotations(middleware: string | undefined): Record<string, string> {
  const router = "traefik.ingress.kubernetes.io/router";
  return {
    [`${router}.entrypoints`]: "web,websecure",
    ...(middleware !== undefined && { [`${router}.middlewares`]: middleware }),
  };
}

/** Adds the Middleware that counts requests, where there is a limit, and says how Traefik refers to it. */
function addRateLimit(
  stage: Stage,
  name: string,
  { requestsPerMinute }: HttpIngressSpec,
): string | undefined {
  if (requestsPerMinute === undefined) return undefined;
  const middleware = `${name}-rate-limit`;
  stage.addResource({
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata: { name: middleware },
    // A page asks for many files at once: half a minute's worth may come together.
    spec: {
      rateLimit: {
        average: requestsPerMinute,
        period: "1m",
        burst: Math.ceil(requestsPerMinute / 2),
      },
    },
  });
  return `${stage.context.namespace}-${middleware}@kubernetescrd`;
}

/** An ALB's stickiness belongs to its Ingress; Traefik reads it from the Services behind one. */
function stickServices(stage: Stage, name: string, { routes, stickySeconds }: HttpIngressSpec): void {
  if (stickySeconds === undefined) return;
  const cookie = "traefik.ingress.kubernetes.io/service.sticky.cookie";
  for (const { component } of Object.values(routes)) {
    const service = stage.apiObjects.find((object) => object.kind === "Service" && object.name === component);
    if (service === undefined) {
      stage.context.report(
        `Ingress ${name} keeps clients with one pod of ${component}, whose Service is not in its stage`,
        `render ${component} and the Ingress in the same stage`,
      );
      continue;
    }
    service.metadata.addAnnotation(cookie, "true");
    service.metadata.addAnnotation(`${cookie}.name`, `${component}-pod`);
    service.metadata.addAnnotation(`${cookie}.maxage`, String(stickySeconds));
    service.metadata.addAnnotation(`${cookie}.httponly`, "true");
    service.metadata.addAnnotation(`${cookie}.samesite`, "lax");
  }
}
