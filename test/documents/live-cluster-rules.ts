import { expect } from "vitest";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

const { copy } = its;
const factory = "attractor-factory/applications/attractor-factory-prod";
const conversation = "conversation-prod/applications/conversation-platform-prod";

/** Everything that it says is understood; no cluster is asked. */
const asksInstances: Rule = (command) =>
  its.ends(1, /✗ there is no such kubeconfig/)(`KUBECONFIG=/nowhere ${command}`);

const reaperPods: Rule = () =>
  expect(
    copy.read(
      "dist/prompt2mesh-nonprod/applications/prompt2mesh-app-dev/3-serve/Deployment.instance-reaper.yaml",
    ),
  ).toContain("app.kubernetes.io/name: instance-reaper");

/** What a person tells a live cluster: the objects that it is about are those of dist. */
export const liveClusterRules: Readonly<Record<string, Rule>> = {
  "npm run slipway -- instances reap --namespace <namespace>-instances --dry-run": (command) =>
    asksInstances(command.replace("<namespace>", "prompt2mesh")),
  "npm run slipway -- instances list --namespace prompt2mesh-instances": asksInstances,
  "npm run slipway -- instances create alice --namespace prompt2mesh-instances --size small --wait 300":
    asksInstances,
  "npm run slipway -- instances touch alice --namespace prompt2mesh-instances": asksInstances,
  "npm run slipway -- instances reap --namespace prompt2mesh-instances --dry-run": asksInstances,
  "npm run slipway -- instances delete alice --namespace prompt2mesh-instances": asksInstances,
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
  "kubectl get userinstances -A": its.isAbout("prompt2mesh-prod", "ResourceGraphDefinition.user-instance"),
  "kubectl -n <namespace>-instances describe quota": its.isAbout(
    "prompt2mesh-prod/applications",
    "ResourceQuota.prompt2mesh-instances.user-instances",
  ),
  "kubectl argo rollouts undo backend": its.isAbout("prompt2mesh-prod/applications", "Rollout.backend"),
  "git log --since=yesterday --oneline -- dist/<cluster>": its.mentioned,
  // Runbooks of alerts, for whichever app the alert is about.
  "kubectl -n <namespace> get pods": its.mentioned,
  "kubectl -n <namespace> get pods -l app.kubernetes.io/name=instance-reaper": reaperPods,
  "kubectl -n <namespace> logs deployment/instance-reaper": reaperPods,
  "kubectl -n <namespace> get pods -o wide": its.mentioned,
  "kubectl -n <namespace> describe pod <pod>": its.mentioned,
  "kubectl -n <namespace> logs <pod> --previous": its.mentioned,
  "kubectl -n <namespace> logs <pod> -c redis": () =>
    expect(copy.read(`dist/${conversation}/1-data/StatefulSet.redis.yaml`)).toMatch(
      /^ +(?:- )?name: redis$/m,
    ),
  "kubectl -n <namespace> get rollout": its.isAbout("prompt2mesh-prod/applications", "Rollout.backend"),
  "flux reconcile": its.mentioned,
  "kubectl patch": its.mentioned,
  "kubectl delete statefulset <name> --cascade=orphan": its.isAbout(factory, "StatefulSet.redis"),
};

function postgresClaim(): void {
  expect(copy.read(`dist/${factory}/1-data/StatefulSet.postgres.yaml`)).toMatch(
    /volumeClaimTemplates:[^]* name: data\n/,
  );
}

function factoryNamespace(): void {
  const name = /export NS=(\S+)/.exec(copy.read("apps/attractor-factory/README.md"))?.[1];
  expect(copy.read(`dist/${factory}/3-serve/CronJob.postgres-backup.yaml`)).toContain(`namespace: ${name}\n`);
}
