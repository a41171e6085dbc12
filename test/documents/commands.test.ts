import { describe, expect, test } from "vitest";
import { awsRules } from "./aws-rules.ts";
import { documentedCommands } from "./documents.ts";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

const { copy } = its;
const factory = "attractor-factory/applications/attractor-factory-prod";
const conversation = "conversation-prod/applications/conversation-platform-prod";
const explained = `dist/${factory}/3-serve/Deployment.factory-api.yaml`;

/** What is added by `new` renders and passes every check, so it comes before `synth`. */
const rules: Readonly<Record<string, Rule>> = {
  "npm run slipway -- new app billing": its.prints(/^added {4}apps\/billing\/app\.ts$/m),
  "npm run slipway -- new addon node-problem-detector": its.prints("added    platform/node-problem-detector"),
  "npm run slipway -- new cluster payments-prod": its.prints("added    clusters/payments-prod.ts"),
  "npm run synth": its.prints(/^payments-prod +\d+ added$/m),
  "npm run slipway -- synth --check": checkTwice,
  "npm run check": its.prints(/^dist is in step: \d+ files$/m),
  "npm run slipway -- list": its.prints(/^billing +local +local /m),
  [`npm run slipway -- explain ${explained}`]: its.prints("apps/attractor-factory/app.ts"),
  "npm run slipway -- explain <path in dist>": (command) =>
    its.prints("platform/priority-classes.ts")(
      command.replace("<path in dist>", "dist/local/foundation/priority-classes"),
    ),
  "npm run slipway -- explain dist/<cluster>/<layer>/<add-on or placement>": () =>
    its.prints("content-studio/datadog/datadog: api-key")(
      "npm run slipway -- explain dist/content-studio/controllers/datadog",
    ),
  "npm run slipway -- explain dist/content-studio/applications/content-studio-prod": its.prints(
    "content-studio/content-studio/prod/gemini: apiKey",
  ),
  "npm run slipway -- explain dist/content-studio/controllers/datadog": its.prints(
    "content-studio/datadog/datadog: api-key",
  ),
  "npm run slipway -- explain dist/attractor-factory/applications/attractor-factory-prod": its.prints(
    "attractor-factory/attractor-factory/prod/postgres: superuserPassword, ",
  ),
  "npm run slipway -- explain dist/voice-agent-prod/applications/voice-agent-studio-prod": its.prints(
    "voice-agent-prod/voice-agent-studio/prod/voice-agent-studio-secrets: NEXTAUTH_SECRET",
  ),
  "npm run slipway -- where postgres:17": its.prints("StatefulSet postgres"),
  "npm run slipway -- where keda@2.20.2": its.prints("Application keda"),
  "npm run slipway -- where Deployment/factory-api": its.prints("factory-system-staging"),
  "npm run slipway -- doctor": its.prints(/^! .*example value/m),
  "npm run slipway -- mock --list": its.prints(/^voice-agent-studio:local +voice-agent-studio +3000$/m),
  "npm run slipway -- mock local --load local": its.needsContainerEngine,
  "npm run slipway -- cluster up local --provider kind": its.needsContainerEngine,
  "npm run slipway -- cluster up local": its.needsGo,
  "npm run slipway -- up": its.needsGo,
  "npm run slipway -- up --image app=voice-agent-studio:mine": its.ends(
    1,
    /simulated nodes run no images|has no image voice-agent-studio:mine on this machine/,
  ),
  "npm run slipway -- down": its.prints("local did not run"),
  "npm run slipway -- cluster status": its.prints("no cluster runs on this machine"),
  // What they do to a cluster is tested in test/live.
  "npm run slipway -- cluster load local voice-agent-studio:local": its.ends(1, "local is not up"),
  "npm run slipway -- cluster down local": its.prints("local did not run"),
  "npm run slipway -- status --live": meetsNoCluster,
  "npm run slipway -- status --live --serve": meetsNoCluster,
  "npm run slipway -- status --live --cluster local": meetsNoCluster,
  "npm run slipway -- status --live --cluster local --serve": meetsNoCluster,
  // What they find is tested in test/live; `origin/main` is not in a copy.
  "npm run slipway -- verify --live --cluster local": its.needsGo,
  "npm run slipway -- verify --live --cluster attractor-factory --base origin/main": its.ends(
    1,
    "there is no revision origin/main",
  ),
  "npm run verify:live": () =>
    expect(copy.read("package.json")).toContain(
      '"verify:live": "node scripts/cli.ts verify --live --reconciler both"',
    ),
  "npm run test:types": its.inNpmTest,
  "npm run format": its.prints("Finished"),
  ...awsRules,
  "npm run schemas": its.startsScript("scripts/schemas/generate.ts"),

  "npm ci": its.inContinuousIntegration,
  "npm ci && npm run synth": its.inContinuousIntegration,
  "npm test": its.inContinuousIntegration,
  "npm run test:live": its.inContinuousIntegration,
  "git add -A && git commit": addsNewFiles,
  // What is committed by now is main.
  "npm run slipway -- diff": onMain(its.prints(/^Nothing changes in any cluster\.$/m)),
  "npm run slipway -- diff --base HEAD~1": onMain(
    its.prints(/^from [0-9a-f]{10} \(HEAD~1\) to the work tree$/m),
  ),
  "npm run slipway -- diff --format markdown": onMain(its.prints(/^### ✅ Nothing changes in any cluster$/m)),
  "npm run slipway -- diff --format html": onMain(its.prints(/<h1>Nothing changes in any cluster<\/h1>/)),
  "npm run slipway -- status": onMain(its.prints(/^attractor-factory +prod +[0-9a-f]{12}/m)),
  "npm run slipway -- status --html fleet.html": onMain(its.prints("wrote fleet.html")),
  "npm run slipway -- status --json": onMain(its.prints(/^\{"commit":"[0-9a-f]{40}"/m)),
  "npm run bench": its.prints("the committed fleet", " -- --runs 1"),
  "npm run slipway -- gate": onMain(its.prints(/^no gate refuses it$/m)),
  "npm run slipway -- gate --json": onMain(its.prints('"refused":[]')),
  "npm run slipway -- gate --kubernetes 1.36": onMain(its.prints(/^no gate refuses it$/m)),
  // Without a remote, branches are made in the clone.
  "npm run slipway -- release set-image voice-agent-studio dev app@sha256:<digest>": (command) =>
    its.prints("voice-agent-studio dev: app is sha256:11")(command.replace("<digest>", "1".repeat(64))),
  "npm run slipway -- release set-image voice-agent-studio dev app --from-ecr 1.4.0":
    // test/promotion/set-image.test.ts runs it, with a registry.
    its.mentioned,
  "npm run slipway -- promote voice-agent-studio --from dev --to staging --dry-run": afterCommit(
    its.prints("dry run: nothing was pushed"),
  ),
  "npm run slipway -- promote voice-agent-studio --from dev --to staging": its.prints(
    "made branch promote/voice-agent-studio/staging/",
  ),
  'npm run slipway -- promote voice-agent-studio attractor-factory --from staging --to prod --why "release 42"':
    its.refuses("image app has no digest in staging"),
  "npm run slipway -- rollback voice-agent-studio prod": its.refuses("no other release to go back to"),
  "npm run slipway -- history voice-agent-studio prod": its.prints("First freeze"),
  "npm run slipway -- hotfix voice-agent-studio prod --image app@sha256:<digest>": (command) =>
    // The revision that prod runs is no commit of this copy.
    its.refuses("is neither in this clone nor at a remote")(command.replace("<digest>", "1".repeat(64))),
  "npm run slipway -- hotfix voice-agent-studio prod --revision <commit>": (command) =>
    // That is what it is frozen at.
    its.prints("nothing to do: it runs this release already")(command.replace("<commit>", "HEAD")),
  "npm run slipway -- reproduce": its.refuses("is neither in this clone nor at a remote"),
  "npm run slipway -- reproduce voice-agent-studio prod --write": its.refuses("is neither in this clone"),
  "npm run slipway -- promote cert-manager --addons --from nonprod --to prod": its.refuses(
    "cert-manager has no step nonprod",
  ),
  // test/live/promotion/refresh-facts.test.ts runs it where the revisions are.
  "npm run slipway -- release refresh-facts attractor-factory --dry-run": its.refuses(
    "is neither in this clone nor at a remote",
  ),
  "npm run slipway -- release refresh-facts attractor-factory": its.refuses("is neither in this clone"),
  "npm run slipway -- release refresh-facts <cluster>": its.mentioned,
  "npm run slipway -- aws outputs": its.mentioned,
  "npm run slipway -- release freeze": its.prints("nothing is left to freeze"),
  "npm run slipway -- codeowners": its.prints("CODEOWNERS is in step"),
  "npm run prepare": async (command) => {
    await its.shell(command);
    expect((await its.shell("git config merge.slipway.driver")).stdout).toContain("scripts/merge/driver.ts");
  },
  // What not to do.
  "git commit -a": its.mentioned,
  "git fetch": its.mentioned,
  ".ci/run": its.executable,

  "helm install argo-cd argo-cd --repo https://argoproj.github.io/argo-helm --version 10.1.1 --namespace argocd --create-namespace --values dist/attractor-factory/bootstrap/values/argo-cd.yaml":
    its.installsAddon,
  "helm install flux oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator --version 0.58.1 --namespace flux-system --create-namespace --values dist/conversation-prod/bootstrap/values/flux.yaml":
    its.installsAddon,
  "helm install prometheus-operator-crds prometheus-operator-crds --repo https://prometheus-community.github.io/helm-charts --version 31.0.1 --namespace monitoring --create-namespace":
    its.installsAddon,
  "kubectl apply --server-side -f dist/attractor-factory/bootstrap/": its.namesFiles,
  "kubectl apply --server-side -f dist/conversation-prod/bootstrap/": its.namesFiles,
  "kubectl apply --server-side -f dist/conversation-prod/configuration/flux-instance/FluxInstance.flux.yaml":
    its.namesFiles,
  "kubectl wait --namespace flux-system fluxinstance/flux --for condition=Ready --timeout 5m": () =>
    expect(copy.read("dist/conversation-prod/configuration/flux-instance/FluxInstance.flux.yaml")).toMatch(
      /^ {2}name: flux\n {2}namespace: flux-system$/m,
    ),
  "kubectl port-forward --namespace argocd service/argocd-server 8080:80": () =>
    // The chart's Service, by the name that its values give it; the port is the chart's default.
    expect(copy.read("dist/local/bootstrap/values/argo-cd.yaml")).toMatch(/^fullnameOverride: argocd$/m),
  "kubectl get secret --namespace argocd argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d":
    // Argo CD makes it at its first start.
    its.mentioned,
  "flux get kustomizations --watch": its.isAbout("conversation-prod/bootstrap", "Kustomization.slipway"),
  "flux get kustomizations": its.isAbout("conversation-prod/bootstrap", "Kustomization.slipway"),

  'kubectl -n argocd patch application attractor-factory-prod --type merge -p \'{"spec":{"syncPolicy":{"automated":{"enabled":false}}}}\'':
    its.isAbout("attractor-factory/reconciler", "Application.attractor-factory-prod"),
  "flux suspend kustomization": its.isAbout("conversation-prod/bootstrap", "Kustomization.slipway"),
  "kubectl -n $NS logs job/<name>": factoryNamespace,
  "kubectl -n $NS delete job <name>": factoryNamespace,
  "kubectl delete serviceaccount,clusterrole,clusterrolebinding,role,rolebinding": its.isAbout(
    "conversation-prod/reconciler",
    "ServiceAccount.kube-prometheus-stack",
    "ClusterRole.slipway-kube-prometheus-stack",
  ),

  "kubectl -n $NS delete hpa factory-api --ignore-not-found": its.isAbout(
    factory,
    "HorizontalPodAutoscaler.factory-api",
  ),
  "kubectl -n $NS scale deployment factory-api factory-runner-controller --replicas=0": its.isAbout(
    factory,
    "Deployment.factory-api",
    "Deployment.factory-runner-controller",
  ),
  "kubectl -n $NS scale statefulset postgres --replicas=0": its.isAbout(factory, "StatefulSet.postgres"),
  "kubectl -n $NS scale statefulset postgres --replicas=1": its.isAbout(factory, "StatefulSet.postgres"),
  "kubectl -n $NS logs -f postgres-0": its.isAbout(factory, "StatefulSet.postgres"),
  "kubectl -n $NS delete pvc data-postgres-0": postgresClaim,
  "kubectl -n $NS apply -f - <<YAML": postgresClaim,
  "kubectl get volumesnapshots -l slipway.dev/backup": () =>
    expect(copy.read(`dist/${factory}/3-serve/ConfigMap.volume-snapshots.yaml`)).toContain(
      "slipway.dev/backup",
    ),
  "kubectl -n $NS get jobs": factoryNamespace,
  "kubectl -n $NS create job --from=cronjob/postgres-backup backup-now": its.isAbout(
    factory,
    "CronJob.postgres-backup",
  ),
  "flux reconcile kustomization conversation-platform-prod-join": its.isAbout(
    "conversation-prod/reconciler",
    "Kustomization.conversation-platform-prod-join",
  ),
  "kubectl -n $NS get endpointslices -l kubernetes.io/service-name=websocket-pods": its.isAbout(
    conversation,
    "Service.websocket-pods",
  ),
  "kubectl -n $NS describe hpa websocket-service": its.isAbout(
    conversation,
    "HorizontalPodAutoscaler.websocket-service",
  ),
  "kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1/namespaces/conversation/services/websocket-service/websocket_connections":
    () =>
      expect(
        copy.read(
          "dist/conversation-prod/controllers/prometheus-adapter/HelmRelease.flux-system.prometheus-adapter.yaml",
        ),
      ).toContain("as: websocket_connections"),
  "kubectl patch": its.mentioned,
  "kubectl delete statefulset <name> --cascade=orphan": its.isAbout(factory, "StatefulSet.redis"),
};

/** Neither a cluster of this machine is there, nor the reader's own. */
async function meetsNoCluster(command: string): Promise<void> {
  const none =
    /no cluster local was started on this machine|no kubeconfig to be read at none|no cluster of the fleet was started here/;
  await its.ends(1, none)(`KUBECONFIG=none ${command}`);
}

/** The README's three exit codes. */
async function checkTwice(command: string): Promise<void> {
  await its.prints("dist is in step")(command);
  const edited = "dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml";
  const undo = [copy.edit(edited, "value: ", "value: 1")];
  const differs = await its.shell(command);
  expect(differs.status).toBe(2);
  expect(differs.stderr).toContain(`${edited} of priority-classes differs`);
  undo.push(copy.edit("apps/billing/releases/local.json", "{", ""));
  const failed = await copy.slipway("synth", "--check");
  for (const each of undo) each();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/^apps\/billing\/releases\/local\.json\n {2}✗ .*\n {4}fix {4}\S/m);
}

/** On a branch main of two commits, with a clean work tree. */
function onMain(rule: Rule): Rule {
  return async (command) => {
    await its.shell(
      "git branch -M main; git rev-parse -q --verify HEAD~1 || git commit -q --allow-empty -m second",
    );
    await rule(command);
  };
}

/** What `synth` added is in the commit. */
async function addsNewFiles(command: string): Promise<void> {
  const identity = "git config user.name reader && git config user.email reader@example.com";
  const { status, stderr } = await its.shell(`git init -q && ${identity} && ${command} -qm all`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { stdout } = await its.shell("git ls-tree -r --name-only HEAD dist/payments-prod");
  expect(stdout).toContain("dist/payments-prod/bootstrap/");
}

/** A promotion moves what is committed. */
function afterCommit(rule: Rule): Rule {
  return async (command) => {
    await its.prints(/changed/)("npm run synth");
    await its.shell("git add -A && git commit -qm image");
    await rule(command);
  };
}

function postgresClaim(): void {
  expect(copy.read(`dist/${factory}/1-data/StatefulSet.postgres.yaml`)).toMatch(
    /volumeClaimTemplates:[^]* name: data\n/,
  );
}

function factoryNamespace(): void {
  const name = /export NS=(\S+)/.exec(copy.read("apps/attractor-factory/README.md"))?.[1];
  expect(copy.read(`dist/${factory}/3-serve/CronJob.postgres-backup.yaml`)).toContain(`namespace: ${name}\n`);
}

/** Lists of where other documents were not followed quote their commands. */
const instructions = documentedCommands.filter(({ document }) => !document.startsWith("docs/decisions/"));

describe("a command that a document tells a reader to run", () => {
  test.each(Object.entries(rules))("holds: %s", (command, rule) => rule(command));

  test("has a rule here, and every rule a document", () => {
    const documented = new Set(instructions.map(({ command }) => command));
    expect(Object.keys(rules).toSorted()).toEqual([...documented].toSorted());
  });
});
