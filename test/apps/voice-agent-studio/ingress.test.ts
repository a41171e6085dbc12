import { describe, expect, test } from "vitest";
import { alb, kind, kiro, modes, onAws, onKind, place, shared } from "./fixture.ts";

describe("ingress", () => {
  test("an ALB ends TLS, redirects HTTP and keeps silent streams open for 300 s", () => {
    const annotations = place().of("Ingress");
    expect(annotations).toMatchObject({
      spec: { ingressClassName: "alb", rules: [{ host: "studio.example.com" }] },
      metadata: {
        annotations: {
          "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
          "alb.ingress.kubernetes.io/ssl-redirect": "443",
          "alb.ingress.kubernetes.io/certificate-arn": alb.certificateArn,
          "alb.ingress.kubernetes.io/wafv2-acl-arn": alb.webAclArn,
          "alb.ingress.kubernetes.io/load-balancer-attributes": expect.stringContaining(
            "idle_timeout.timeout_seconds=300",
          ),
        },
      },
    });
  });

  test.each(modes)("in mode %s clients stick to a pod only if it holds their sessions", (mode) => {
    const ingress = place({ size: "large", storage: shared, authentication: { mode } }).of("Ingress");
    const sticky = expect.stringContaining(
      "stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=3600",
    );
    const attributes = {
      metadata: { annotations: { "alb.ingress.kubernetes.io/target-group-attributes": sticky } },
    };
    if (mode === "token-volume") expect(ingress).toMatchObject(attributes);
    else expect(ingress).not.toMatchObject(attributes);
  });

  test("a public ALB without a web ACL is refused, an internal one is not", () => {
    const { webAclArn: _, ...open } = alb;
    expect(place({ capabilities: { ...onAws, ingress: open } }).problems).toMatchObject([
      { fix: expect.stringContaining("webAclArn") },
    ]);
    expect(place({ capabilities: { ...onAws, ingress: { ...open, scheme: "internal" } } }).problems).toEqual(
      [],
    );
  });

  test("Traefik counts requests itself and keeps kiro-cli clients with their pod", () => {
    const { of, problems } = place({ cluster: kind, capabilities: onKind, authentication: kiro });
    expect(problems).toEqual([]);
    expect(of("Middleware", "voice-agent-studio-rate-limit")).toMatchObject({
      spec: { rateLimit: { average: 300, period: "1m", burst: 150 } },
    });
    expect(of("Ingress")).toMatchObject({
      metadata: {
        annotations: {
          "traefik.ingress.kubernetes.io/router.entrypoints": "web,websecure",
          "traefik.ingress.kubernetes.io/router.middlewares":
            "voice-agent-studio-voice-agent-studio-rate-limit@kubernetescrd",
        },
      },
    });
    expect(of("Service")).toMatchObject({
      metadata: {
        annotations: { "traefik.ingress.kubernetes.io/service.sticky.cookie.maxage": "3600" },
      },
    });
  });

  test("Traefik spreads the requests of a mode without sessions", () => {
    const { of } = place({
      cluster: kind,
      capabilities: onKind,
      authentication: { mode: "api-key" },
    });
    expect(of("Service")).not.toHaveProperty("metadata.annotations");
  });
});
