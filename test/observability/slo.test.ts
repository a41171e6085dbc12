import { describe, expect, test } from "vitest";
import { alerts, slo, Stage } from "#synth";
import type { Capabilities, Slo } from "#synth";
import { receivers } from "../../clusters/monitoring.ts";
import { alertmanagerConfig, receiverKeys, receiversSecret } from "../../platform/monitoring/receivers.ts";
import { list, text } from "../../synth/objects/json-fields.ts";
import { plain } from "../../synth/objects/plain.ts";
import { values } from "../platform/rendered-addons.ts";

const declared: Slo = {
  name: "answers",
  summary: "99.9% are answered",
  objective: 0.999,
  indicator: {
    kind: "errors",
    total: { metric: "answers_total" },
    bad: { metric: "answers_total", labels: { ok: "no" } },
  },
  runbook: "requests-fail",
};

const monitoring: Capabilities["monitoring"] = { provider: "prometheus", retentionDays: 15 };

function shop(capabilities: Partial<Capabilities>) {
  const reports: string[] = [];
  const stage = new Stage("serve", {
    cluster: {
      name: "test",
      provider: "kind",
      kubernetes: "1.35",
      reconciler: "flux",
      nodeGroups: [{ name: "workers", instanceTypes: ["t3.large"], min: 1, max: 1, capacity: "on-demand" }],
      network: { cidr: "10.42.0.0/16", publicSubnets: [], privateSubnets: [] },
    },
    capabilities,
    namespace: "shop",
    labels: {},
    identity: () => ({}),
    secretPath: "shop/dev",
    report: (what) => void reports.push(what),
    trace: false,
  });
  return { stage, reports, objects: () => stage.apiObjects.map((object) => plain(object.toJson())) };
}

describe("an objective", () => {
  test("is nothing on a cluster without Prometheus, and neither are alerts", () => {
    const { stage, objects } = shop({});
    slo(stage, declared);
    alerts(stage, "alerts", []);
    expect(objects()).toEqual([]);
  });

  test.each([0.9, 1, 99.9, Number.NaN])("is refused where it is %d", (objective) => {
    const { stage, reports } = shop({ monitoring });
    slo(stage, { ...declared, objective });
    expect(reports).toEqual([`objective answers is ${objective}`]);
  });

  test("is refused where Prometheus forgets sooner than it judges", () => {
    const { stage, reports } = shop({ monitoring: { ...monitoring, retentionDays: 2 } });
    slo(stage, declared);
    expect(reports).toEqual(["objective answers is judged over 3 days, of which Prometheus of test keeps 2"]);
  });

  test("judges its own namespace alone: another environment of the app may be beside it", () => {
    const { stage, objects, reports } = shop({ monitoring });
    slo(stage, declared);
    const rules = objects().flatMap((object) =>
      list(object, "spec", "groups").flatMap((group) => list(group, "rules")),
    );
    expect(reports).toEqual([]);
    expect(rules).toHaveLength(10);
    for (const rule of rules) {
      const series = (text(rule, "expr") ?? "").match(/\w[\w:]*\{[^}]*\}/g) ?? [];
      expect(series.length).toBeGreaterThan(0);
      expect(series.filter((each) => !each.includes('namespace="shop"'))).toEqual([]);
    }
  });
});

function receiversOf(cluster: string): readonly (string | undefined)[] {
  const config = list(values(cluster, "kube-prometheus-stack"), "alertmanager", "config", "receivers");
  return config.map((each) => text(each, "name"));
}

describe("who hears of alerts", () => {
  test.each([receivers, { ...receivers, pagerDuty: true, deadMansSwitch: true }])(
    "is told by files of the one secret, and every key of it is used",
    (each) => {
      const files = JSON.stringify(alertmanagerConfig(each)).match(/\/etc\/alertmanager\/[^"]+/g) ?? [];
      expect(files.toSorted()).toEqual(
        receiverKeys(each)
          .map((key) => `/etc/alertmanager/secrets/${receiversSecret}/${key}`)
          .toSorted(),
      );
    },
  );

  test("is on-call in production, and nobody's bed elsewhere", () => {
    expect(receiversOf("conversation-prod")).toContain("on-call");
    expect(receiversOf("conversation-staging")).not.toContain("on-call");
  });
});
