import { describe, expect, test } from "vitest";
import { rulesOf } from "../../scripts/local/ingress/ingress-route.ts";
import { routeFor, routesOf } from "../../scripts/local/ingress/routes.ts";
import { targetFor } from "../../scripts/local/ingress/target.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";

const backend = (name: string, port: Json = { name: "http" }) => ({ service: { name, port } });
const path = (path: string, service: string, pathType = "Prefix") => ({
  path,
  pathType,
  backend: backend(service),
});

function ingress(host: string, ...paths: readonly Json[]) {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "shop", namespace: "shop" },
    spec: { rules: [{ host, http: { paths } }] },
  };
}

function ingressRoute(match: string) {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "shop", namespace: "shop" },
    spec: { routes: [{ match, services: [{ name: "web", port: 80 }] }] },
  };
}

describe("a request takes", () => {
  const routes = [
    ingress("shop.localhost", path("/", "web"), path("/api", "api"), path("/api/v2", "api2")),
    ingress("shop.localhost", path("/login", "login", "Exact")),
    ingress("shop.example.com", path("/", "outside")),
    ingress("*.tenants.localhost", path("/", "tenants")),
  ].flatMap(routesOf);

  test.each([
    ["shop.localhost", "/", "web"],
    ["SHOP.localhost", "/apiary", "web"],
    ["shop.localhost", "/api", "api"],
    ["shop.localhost", "/api/orders", "api"],
    ["shop.localhost", "/api/v2/orders", "api2"],
    ["shop.localhost", "/login", "login"],
    ["shop.localhost", "/login/other", "web"],
    ["a.tenants.localhost", "/", "tenants"],
    ["shop.example.com.localhost", "/", "outside"],
  ])("at %s%s the route to %s", (host, asked, service) => {
    expect(routeFor(routes, host, asked)?.service).toBe(service);
  });

  test.each(["shop", "example.com", "tenants.localhost", "a.b.tenants.localhost"])("none at %s", (host) => {
    expect(routeFor(routes, host, "/")).toBeUndefined();
  });
});

describe("a rule of Traefik's", () => {
  test("is a host and a path, or several of them", () => {
    expect(rulesOf("Host(`a.localhost`)")).toEqual([{ host: "a.localhost", path: "/", match: "prefix" }]);
    expect(rulesOf("Host(`a`) && PathPrefix(`/x`) || Host(`b`) && Path(`/y`)")).toEqual([
      { host: "a", path: "/x", match: "prefix" },
      { host: "b", path: "/y", match: "exact" },
    ]);
    expect(routesOf(ingressRoute("Host(`a.localhost`)"))).toMatchObject([
      { host: "a.localhost", namespace: "shop", service: "web", port: 80 },
    ]);
  });

  test.each(["Host(`a`) && Method(`GET`)", "!Host(`a`)", "Host(`a`) && (Path(`/x`) || Path(`/y`))", ""])(
    "is not guessed at: %s",
    (match) => expect(rulesOf(match)).toEqual([]),
  );
});

const pod = (app: string, local: number, namespace = "shop") => ({
  place: `${namespace}.${app}-${local}`,
  namespace,
  labels: { app, other: "label" },
  ports: [
    { name: "http", number: 3000, local },
    { name: "", number: 9000, local: local + 1 },
  ],
});

const asked = (host: string, path: string, cookie?: string) => ({ host, path, cookie });

describe("behind a Service are", () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      selector: { app: "web" },
      ports: [
        { name: "http", port: 80, targetPort: "http" },
        { name: "admin", port: 9000 },
      ],
    },
  };
  const behind = {
    routes: routesOf(ingress("shop.localhost", path("/", "web"), path("/gone", "gone"))),
    services: new Map([["Service/shop/web", service]]),
    pods: [pod("web", 100), pod("web", 200), pod("api", 300), pod("web", 400, "other")],
  };

  test("its pods, in turn", () => {
    const ports = [0, 1, 2].map((turn) => targetFor(behind, asked("shop.localhost", "/"), turn));
    expect(ports).toEqual([{ port: 100 }, { port: 200 }, { port: 100 }]);
  });

  test("the ports of pods that it names, by number too", () => {
    const admin = { ...behind, routes: behind.routes.map((route) => ({ ...route, port: "admin" })) };
    expect(targetFor(admin, asked("shop.localhost", "/"), 0)).toEqual({ port: 101 });
  });

  test("the same pods by its own name", () => {
    expect(targetFor(behind, asked("web.shop.svc.localhost", "/any"), 1)).toEqual({ port: 200 });
  });

  test("the pod that a client was with, as long as it is there", () => {
    const annotation = "traefik.ingress.kubernetes.io/service.sticky.cookie";
    const annotations = {
      [annotation]: "true",
      [`${annotation}.name`]: "web-pod",
      [`${annotation}.maxage`]: "60",
    };
    const sticky = { ...service, metadata: { ...service.metadata, annotations } };
    const kept = { ...behind, services: new Map([["Service/shop/web", sticky]]) };
    const first = targetFor(kept, asked("shop.localhost", "/", "theme=dark"), 1);
    expect(first).toEqual({ port: 200, setCookie: "web-pod=shop.web-200; Path=/; Max-Age=60" });
    const again = asked("shop.localhost", "/", "theme=dark; web-pod=shop.web-200");
    for (const turn of [0, 1, 2]) expect(targetFor(kept, again, turn)).toEqual({ port: 200 });
    expect(targetFor({ ...kept, pods: behind.pods.slice(0, 1) }, again, 1)).toMatchObject({ port: 100 });
  });

  test("nobody, who is told by name", () => {
    const why = (host: string, path: string) => targetFor(behind, asked(host, path), 0);
    expect(why("shop.localhost", "/gone")).toEqual({ status: 503, why: "there is no Service gone in shop" });
    expect(targetFor({ ...behind, pods: [] }, asked("shop.localhost", "/"), 0)).toEqual({
      status: 503,
      why: "no pod of Service web in shop runs on this machine",
    });
    expect(why("other.localhost", "/")).toMatchObject({
      status: 404,
      why: "nothing of the cluster answers for other.localhost/; its hosts are shop.localhost",
    });
  });
});
