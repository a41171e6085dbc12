import { describe, expect, test } from "vitest";
import type { History } from "../../scripts/verify/record/history.ts";
import { orderProblems } from "../../scripts/verify/record/order.ts";
import type { OrderInput } from "../../scripts/verify/record/order.ts";
import { fluxView } from "../../scripts/verify/reconcilers/flux.ts";
import { added, complete, established, modified, recorded } from "./recorded.ts";

const units = [
  { name: "migrate", dependsOn: [] },
  { name: "serve", dependsOn: ["migrate"] },
];

function problemsIn(history: History, troubles: OrderInput["troubles"] = []): readonly string[] {
  return orderProblems({
    cluster: "local",
    histories: history.all,
    units,
    unitOf: fluxView.appliedBy,
    troubles,
    definitionOf: () => "apps/shop/app.ts",
  }).map(({ at, what, fix }) => {
    expect(fix).not.toBe("");
    return `${at.object}: ${what}`;
  });
}

const job = { apiVersion: "batch/v1", kind: "Job", name: "migrations", unit: "migrate" };
const server = { apiVersion: "apps/v1", kind: "Deployment", name: "api", unit: "serve" };

describe("the order of a run", () => {
  test("is right if the migrations were complete when their server was created", () => {
    const run = recorded(added(11, job), modified(12, { ...job, status: complete }), added(13, server));
    expect(problemsIn(run)).toEqual([]);
  });

  test("is wrong if a server was created before its migrations were complete, though both came about", () => {
    const run = recorded(added(11, job), added(12, server), modified(13, { ...job, status: complete }));
    expect(problemsIn(run)).toEqual([
      "Deployment/shop/api: it was created before Job/shop/migrations, which has to come first, was complete",
    ]);
  });

  test("is wrong if they were never complete", () => {
    expect(problemsIn(recorded(added(11, job), added(12, server)))).toHaveLength(1);
  });

  test("does not depend on the order in which watches deliver", () => {
    const run = recorded(added(13, server), added(11, job), modified(12, { ...job, status: complete }));
    expect(problemsIn(run)).toEqual([]);
  });

  test("says nothing of what was there before the run", () => {
    expect(problemsIn(recorded(added(5, server), added(11, job)))).toEqual([]);
  });
});

describe("a CRD", () => {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: "widgets.example.com",
    namespace: "",
    spec: { group: "example.com", names: { kind: "Widget" } },
  };
  const widget = { apiVersion: "example.com/v1", kind: "Widget", name: "w" };

  test("has to be Established before there is an object of it", () => {
    const wrong = recorded(added(11, crd), added(12, widget), modified(13, { ...crd, status: established }));
    expect(problemsIn(wrong)).toEqual([
      "Widget/shop/w: it was created before CustomResourceDefinition/widgets.example.com was Established",
    ]);
    const right = recorded(added(11, crd), modified(12, { ...crd, status: established }), added(13, widget));
    expect(problemsIn(right)).toEqual([]);
  });
});

describe("success by luck", () => {
  test("is a Job whose first pod failed", () => {
    const run = recorded(
      added(11, job),
      modified(12, { ...job, status: { failed: 1, conditions: [{ type: "Complete", status: "True" }] } }),
    );
    expect(problemsIn(run)).toEqual(["Job/shop/migrations: one of its pods failed before it completed"]);
  });

  test("is whatever the reconciler complained of on the way", () => {
    const troubles = [
      { name: "serve", object: "Kustomization/flux-system/serve", message: "no matches for kind Widget" },
    ];
    expect(problemsIn(recorded(), troubles)).toEqual([
      "Kustomization/flux-system/serve: it did not succeed at the first try: no matches for kind Widget",
    ]);
  });
});
