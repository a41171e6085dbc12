import { describe, expect, test } from "vitest";
import { onEks, onLaptop } from "./rendered.ts";

const stickiness = "alb.ingress.kubernetes.io/target-group-attributes";

describe("events to browsers", () => {
  test("with Redis every replica gets them, so that any replica may answer", () => {
    const { of, container } = onEks();
    expect(of("ConfigMap", "content-studio")).toHaveProperty("data.SSE_ADAPTER", "redis");
    for (const component of ["content-studio-server", "content-studio-worker"]) {
      expect(container(component)).toMatchObject({
        env: expect.arrayContaining([
          { name: "REDIS_URL", valueFrom: { secretKeyRef: { name: "redis", key: "url" } } },
        ]),
      });
    }
    expect(of("Ingress", "content-studio")).not.toMatchObject({
      metadata: { annotations: { [stickiness]: expect.stringContaining("stickiness") } },
    });
  });

  test("without Redis a browser stays with the replica whose memory has its events", () => {
    const { of, kinds } = onEks({ parameters: { events: "memory" } });
    expect(of("ConfigMap", "content-studio")).toHaveProperty("data.SSE_ADAPTER", "memory");
    expect(of("Deployment", "redis")).toBeUndefined();
    expect(of("ExternalSecret", "redis")).toBeUndefined();
    expect(of("Ingress", "content-studio")).toMatchObject({
      metadata: {
        annotations: {
          [stickiness]: expect.stringContaining("stickiness.enabled=true,stickiness.type=lb_cookie"),
        },
      },
    });
    expect(kinds).toContain("HorizontalPodAutoscaler");
  });

  test("Traefik keeps a browser with its replica as well", () => {
    expect(onLaptop().of("Service", "content-studio-server")).toMatchObject({
      metadata: { annotations: { "traefik.ingress.kubernetes.io/service.sticky.cookie": "true" } },
    });
  });

  test("a stream may be silent for five minutes before the load balancer closes it", () => {
    expect(onEks().of("Ingress", "content-studio")).toMatchObject({
      metadata: {
        annotations: {
          "alb.ingress.kubernetes.io/load-balancer-attributes": expect.stringContaining(
            "idle_timeout.timeout_seconds=300",
          ),
        },
      },
    });
  });

  test("two Redis never run at once, and the one there is keeps nothing and lets nobody in without a password", () => {
    const { of } = onEks();
    expect(of("Deployment", "redis")).toMatchObject({
      spec: { replicas: 1, strategy: { type: "Recreate" } },
    });
    expect(of("ConfigMap", "redis-settings")).toMatchObject({
      data: { "redis.conf": expect.stringContaining("appendonly no") },
    });
    expect(of("ExternalSecret", "redis")).toMatchObject({
      spec: {
        target: {
          template: {
            data: { "users.acl": expect.stringMatching(/^user default off\nuser studio .* -@dangerous/) },
          },
        },
      },
    });
  });
});

describe("the public name", () => {
  test("has the API below /api and the pages elsewhere, over TLS", () => {
    expect(onEks().of("Ingress", "content-studio")).toMatchObject({
      metadata: {
        annotations: {
          "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:us-west-2:111122223333:certificate/one",
          "alb.ingress.kubernetes.io/healthcheck-path": "/healthcheck",
          "alb.ingress.kubernetes.io/ssl-redirect": "443",
        },
      },
      spec: {
        rules: [
          {
            host: "studio.example.com",
            http: {
              paths: [
                { path: "/api", backend: { service: { name: "content-studio-server" } } },
                { path: "/", backend: { service: { name: "content-studio-web" } } },
              ],
            },
          },
        ],
      },
    });
  });

  test("is told to the pages by a file, since one image serves every environment", () => {
    expect(onEks().of("ConfigMap", "content-studio-web")).toMatchObject({
      data: { "env.js": expect.stringContaining('"PUBLIC_SERVER_URL": "https://studio.example.com"') },
    });
    expect(onLaptop().of("ConfigMap", "content-studio-web")).toMatchObject({
      data: { "env.js": expect.stringContaining('"PUBLIC_SERVER_URL": "http://studio.localhost"') },
    });
  });
});
