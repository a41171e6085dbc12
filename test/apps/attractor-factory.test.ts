import { describe, expect, test } from "vitest";
import type { Json } from "../../synth/objects/kubernetes-object.ts";
import { at, local, podOf, rendered, runs } from "./attractor-factory/rendered.ts";
import { one } from "./placed.ts";
import type { Placed } from "./placed.ts";

const production = rendered();

const environmentOf = (kind: string, name: string): readonly Json[] => {
  const env = at(podOf(one(production, kind, name)), "containers.0.env");
  return Array.isArray(env) ? env : [];
};
const textOf = (kind: string, name: string, namespace?: string): string =>
  JSON.stringify(one(production, kind, name, namespace).content);

const stagesOf = (kind: string) =>
  new Set(production.objects.filter((object) => object.kind === kind).map(({ stage }) => stage));
const migrationsOf = (of: Placed) => one(of, "Job", "factory-migrations").name;
const kindsOf = (of: Placed) => of.objects.map(({ kind }) => kind);
const databaseUrlKey = (kind: string, name: string) =>
  at(
    environmentOf(kind, name).find((variable) => at(variable, "name") === "DATABASE_URL"),
    "valueFrom.secretKeyRef.key",
  );

describe("the order of things", () => {
  test("databases and network policies come first, then migrations and buckets, then what serves", () => {
    expect(stagesOf("StatefulSet")).toEqual(new Set(["data"]));
    expect(stagesOf("NetworkPolicy")).toEqual(new Set(["data"]));
    expect(stagesOf("Job")).toEqual(new Set(["migrate"]));
    expect(stagesOf("Deployment")).toEqual(new Set(["serve"]));
  });

  test("migrations run again for a new API image, and not for a bigger size", () => {
    expect(migrationsOf(rendered(undefined, {}, "2"))).not.toBe(migrationsOf(production));
    expect(migrationsOf(rendered(undefined, { size: "standard" }))).toBe(migrationsOf(production));
  });
});

describe("what users reach", () => {
  test("/api goes to the API and everything else to the web interface", () => {
    const { content } = one(production, "Ingress", "attractor-factory");
    const route = (path: number) =>
      ["path", "backend.service.name"].map((field) =>
        at(content, `spec.rules.0.http.paths.${path}.${field}`),
      );
    expect([route(0), route(1)]).toEqual([
      ["/api", "factory-api"],
      ["/", "factory-web"],
    ]);
  });

  test("a silent shell stays open for an hour", () => {
    expect(textOf("Ingress", "attractor-factory")).toContain("idle_timeout.timeout_seconds=3600");
  });
});

describe("secrets", () => {
  test("passwords and connection strings are read from Secrets and never written into a pod", () => {
    const workloads = new Set(["Deployment", "StatefulSet", "Job"]);
    const variables = production.objects
      .filter(({ kind }) => workloads.has(kind))
      .flatMap(({ kind, name }) => environmentOf(kind, name).map((variable) => ({ name, variable })));
    const secretive = variables.filter(({ variable }) =>
      /PASSWORD|SECRET|DATABASE_URL|REDIS_URL/.test(String(at(variable, "name"))),
    );
    expect(secretive.length).toBeGreaterThan(12);
    expect(secretive.filter(({ variable }) => at(variable, "valueFrom.secretKeyRef") === undefined)).toEqual(
      [],
    );
    expect(production.objects.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });

  test("the API and the migrations sign in as different roles, neither of them the superuser", () => {
    const template = at(one(production, "ExternalSecret", "postgres").content, "spec.target.template.data");
    expect(at(template, String(databaseUrlKey("Deployment", "factory-api")))).toContain(
      "postgresql://factory_app:",
    );
    expect(at(template, String(databaseUrlKey("Job", "factory-migrations")))).toContain(
      "postgresql://factory_migrator:",
    );
  });
});

describe("databases", () => {
  test("a busy or recovering Postgres is not restarted, and a stopping one gets its two minutes", () => {
    const pod = podOf(one(production, "StatefulSet", "postgres"));
    expect(at(pod, "containers.0.livenessProbe.exec.command.2")).toMatch(/\[ \$\? -le 1 \]$/);
    expect(at(pod, "terminationGracePeriodSeconds")).toBe(120);
  });

  test("a full Redis refuses writes instead of dropping queued work, and its one user lacks the dangerous commands", () => {
    expect(textOf("ConfigMap", "redis-settings")).toContain("maxmemory-policy noeviction");
    expect(textOf("ExternalSecret", "redis")).toMatch(/user default off\\nuser factory .*-@dangerous/);
  });

  test("whoever holds the backup's key can add dumps and not delete them", () => {
    const policy: unknown = JSON.parse(
      String(at(one(production, "ConfigMap", "minio-setup").content, "data/backup.json")),
    );
    expect(JSON.stringify(policy)).toContain("s3:PutObject");
    expect(JSON.stringify(policy)).not.toContain("Delete");
  });
});

describe("backups", () => {
  test("each database's volume is snapshotted where the cluster can", () => {
    const pod = podOf(one(production, "CronJob", "volume-snapshots"));
    expect(JSON.stringify(pod)).toContain("data-postgres-0 data-redis-0 data-minio-0");
  });

  test("a cluster without snapshots gets the dumps alone", () => {
    const { objects, reports } = rendered(local, { size: "small" });
    expect(reports).toEqual([]);
    expect(objects.filter(({ kind }) => kind === "CronJob").map(({ name }) => name)).toEqual([
      "postgres-backup",
    ]);
  });
});

describe("runs", () => {
  test("the controller manages jobs and the API opens shells, both in the runs' namespace alone", () => {
    const roles = production.objects.filter(({ kind }) => kind === "Role");
    const rights = roles.map(({ name, namespace, content }) => [
      namespace,
      name,
      at(content, "rules.0.resources.0"),
    ]);
    expect(rights).toEqual([
      [runs, "factory-api-shell", "pods/exec"],
      [runs, "factory-runner-controller", "jobs"],
      ["factory-system", "volume-snapshots", "volumesnapshots"],
    ]);
    expect(production.objects.filter(({ kind }) => kind.startsWith("ClusterRole"))).toEqual([]);
  });

  test("a run has no rights, no token, no privilege, and the image that git says", () => {
    const template = String(
      at(one(production, "ConfigMap", "factory-runner-template").content, "data/job.yaml"),
    );
    for (const line of [
      "serviceAccountName: factory-runner",
      "automountServiceAccountToken: false",
      "readOnlyRootFilesystem: true",
      "runAsNonRoot: true",
      "image: registry/runner:1",
      "backoffLimit: 0",
    ]) {
      expect(template).toContain(line);
    }
    expect(JSON.stringify(production.objects.filter(({ kind }) => kind === "RoleBinding"))).not.toContain(
      '"factory-runner"',
    );
  });

  test("a run reaches the API, MinIO and the internet by HTTPS, and nobody reaches it", () => {
    const policy = one(production, "NetworkPolicy", "factory-runner", runs).content;
    const peer = (rule: number) =>
      at(policy, `spec.egress.${rule}.to.0.podSelector.matchLabels/app.kubernetes.io/name`);
    expect(at(policy, "spec.ingress")).toEqual([]);
    expect(at(policy, "spec.egress")).toHaveLength(4);
    expect([peer(1), peer(2)]).toEqual(["factory-api", "minio"]);
    expect(at(policy, "spec.egress.3.to.0.ipBlock.except")).toContain("10.0.0.0/8");
    expect(at(policy, "spec.egress.3.ports.0.port")).toBe(443);
  });

  test("their namespace holds as many as may run at once, and two that are still stopping", () => {
    const [namespace] = production.namespaces;
    expect(namespace).toEqual({
      name: runs,
      quota: { cpu: "6000m", memory: "24Gi", pods: 12, persistentVolumeClaims: 0 },
    });
  });
});

describe("parameters", () => {
  test("a size that scales is refused where nothing measures CPU", () => {
    expect(rendered(local, { size: "large" }).reports).toEqual([expect.stringContaining("scales on CPU")]);
  });

  test("a concurrency of nothing is refused", () => {
    const { reports } = rendered(undefined, {
      runners: { size: "small", concurrency: 0, timeLimitMinutes: 5 },
    });
    expect(reports).toEqual(["runners.concurrency is 0"]);
  });

  test("Prometheus is let in, and told where, only on clusters that have it", () => {
    const monitored = rendered(
      { ...local, monitoring: { provider: "prometheus", retentionDays: 7 } },
      { size: "small" },
    );
    expect(kindsOf(production)).not.toContain("ServiceMonitor");
    expect(kindsOf(monitored)).toContain("ServiceMonitor");
    expect(JSON.stringify(one(monitored, "NetworkPolicy", "minio").content)).toContain(
      '"kubernetes.io/metadata.name":"monitoring"',
    );
  });
});
