import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { startFlux } from "../../../scripts/control-plane/flux.ts";
import type { RunningReconciler } from "../../../scripts/control-plane/reconciler.ts";
import { list, number, text } from "../../../synth/objects/json-fields.ts";
import { repository } from "../../commands/slipway.ts";
import { deployment, eventually, skipReason, startPlane, temporaryFolder } from "./plane.ts";
import { serveRepository } from "./repository.ts";
import type { ServedRepository } from "./repository.ts";

const folder = temporaryFolder();
let plane: ControlPlane;
let git: ServedRepository;
let flux: RunningReconciler;

const namespace = "flux-system";
const source = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", namespace, name: "demo" };
const kustomization = {
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  namespace,
  name: "demo",
};
const web = { ...deployment("web", 0), namespace: "default", name: "web" };

async function replicasReady(count: number): Promise<void> {
  await eventually(async () => {
    const found = await plane.client.get(web);
    return number(found, "status", "readyReplicas") === count ? true : undefined;
  });
}

async function readyOf(reference: typeof source): Promise<string> {
  const found = await plane.client.get(reference);
  const ready = list(found, "status", "conditions").find((each) => text(each, "type") === "Ready");
  return `${text(ready, "status")}: ${text(ready, "message")}`;
}

async function isReady(): Promise<true | undefined> {
  return (await readyOf(kustomization)).startsWith("True") ? true : undefined;
}

async function namesBrokenFile(): Promise<true | undefined> {
  return /^False: .*broken\.yaml/s.test(await readyOf(kustomization)) ? true : undefined;
}

/** Rights of the account that the Kustomization applies as. */
async function allowDeployments(): Promise<void> {
  const group = "rbac.authorization.k8s.io";
  await plane.client.apply({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "demo", namespace },
  });
  await plane.client.apply({
    apiVersion: `${group}/v1`,
    kind: "Role",
    metadata: { name: "demo", namespace: "default" },
    rules: [
      { apiGroups: ["apps"], resources: ["deployments"], verbs: ["*"] },
      // Looked at to tell whether a Deployment is ready.
      { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
    ],
  });
  await plane.client.apply({
    apiVersion: `${group}/v1`,
    kind: "RoleBinding",
    metadata: { name: "demo", namespace: "default" },
    roleRef: { apiGroup: group, kind: "Role", name: "demo" },
    subjects: [{ kind: "ServiceAccount", name: "demo", namespace }],
  });
}

describe.skipIf(skipReason("kustomize-controller", "source-controller") !== undefined)(
  "Flux on the embedded control plane",
  () => {
    beforeAll(async () => {
      plane = await startPlane(folder.path);
      git = await serveRepository(folder.path);
      const path = "dist/conversation-dev/configuration/flux-instance/FluxInstance.flux.yaml";
      flux = await startFlux(plane, {
        instance: readFileSync(join(repository, path), "utf8"),
        say: () => undefined,
      });
      git.commit([deployment("web", 2)]);
      await allowDeployments();
      await plane.client.apply({
        apiVersion: source.apiVersion,
        kind: source.kind,
        metadata: { name: "demo", namespace },
        spec: { url: git.url, ref: { branch: "main" }, interval: "1h", timeout: "5s" },
      });
      await plane.client.apply({
        apiVersion: kustomization.apiVersion,
        kind: kustomization.kind,
        metadata: { name: "demo", namespace },
        spec: {
          sourceRef: { kind: "GitRepository", name: "demo" },
          serviceAccountName: "demo",
          path: "./app",
          prune: true,
          wait: true,
          interval: "1h",
          retryInterval: "2s",
          timeout: "20s",
        },
      });
    });
    afterAll(async () => {
      await plane.stop();
      await git.stop();
      folder.remove();
    });

    test("makes the cluster equal to the repository", async () => {
      await replicasReady(2);
      await eventually(isReady, () => readyOf(kustomization));
    });

    test("brings back what was deleted when it is told to look", async () => {
      await plane.client.delete(web);
      await flux.refresh();
      await replicasReady(2);
    });

    test("takes up a commit when it is told to look", async () => {
      git.commit([deployment("web", 3)]);
      await flux.refresh();
      await replicasReady(3);
    });

    test("refuses what its account may not do, and says so", async () => {
      const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "no", namespace: "default" } };
      git.commit([deployment("web", 3), { ...config, data: {} }]);
      await flux.refresh();
      const said = await eventually(async () => {
        const message = await readyOf(kustomization);
        return message.includes("forbidden") ? message : undefined;
      });
      expect(said).toContain("system:serviceaccount:flux-system:demo");
      git.commit([deployment("web", 2)]);
      await flux.refresh();
      await replicasReady(2);
    });

    test("says what is wrong with a commit that is no manifest, and goes on with the next", async () => {
      git.commitFile("broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: [");
      await flux.refresh();
      await eventually(namesBrokenFile, () => readyOf(kustomization));
      git.commit([deployment("web", 3)]);
      await flux.refresh();
      await replicasReady(3);
      await eventually(isReady, () => readyOf(kustomization));
    });

    test("goes on after its API server is killed", async () => {
      git.commit([deployment("web", 1)]);
      await flux.refresh();
      await plane.restartApiServer();
      await flux.refresh();
      await replicasReady(1);
    });

    test("says that the git server is gone, and goes on when it is back", async () => {
      await git.vanish();
      git.commit([deployment("web", 2)]);
      await flux.refresh();
      const said = await eventually(async () => {
        const message = await readyOf(source);
        return message.startsWith("False") ? message : undefined;
      });
      expect(said).toContain("connection refused");
      await git.reappear();
      await flux.refresh();
      await replicasReady(2);
    });

    test("runs with the arguments that dist gives it", () => {
      const log = readFileSync(join(folder.path, "logs/kustomize-controller.log"), "utf8");
      expect(log).toContain("CancelHealthCheckOnNewRevision");
    });
  },
);
