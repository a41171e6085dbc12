import { defineEksAddon, flows, internet, kubernetesApi } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { scraped } from "./monitoring/scraped.ts";
import { platformPriority } from "./priority-classes.ts";
import type { ExternalDnsValues } from "./values/external-dns.ts";

const pods = chartPods("external-dns", {
  namespace: "external-dns",
  selector: {
    "app.kubernetes.io/name": "external-dns",
    "app.kubernetes.io/instance": "external-dns",
  },
  ports: { metrics: 7979 },
});

export const externalDns = defineEksAddon({
  name: "external-dns",
  description: "Keeps Route 53 records equal to the hosts of Ingresses",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.dns !== undefined,
  provides: ["dns"],
  needs: ["dns"],
  dependsOn: ["priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: { name: pods.namespace },
  permissions: ({ capabilities }) => ({
    "external-dns": {
      statements: [
        {
          actions: [
            "route53:ChangeResourceRecordSets",
            "route53:ListResourceRecordSets",
            "route53:ListTagsForResources",
          ],
          resources: [`arn:aws:route53:::hostedzone/${capabilities.dns.hostedZoneId}`],
        },
        {
          actions: ["route53:ListHostedZones"],
          resources: ["*"],
          because: "AWS scopes the listing of zones no further; it changes nothing",
        },
      ],
    },
  }),
  chart: {
    repository: "https://kubernetes-sigs.github.io/external-dns",
    name: "external-dns",
    version: "1.21.1",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: ["/Service", "/ServiceAccount", "apps/Deployment", "monitoring.coreos.com/ServiceMonitor"],
    },
    values: ({ cluster, capabilities, identity }): ExternalDnsValues => ({
      provider: { name: "aws" },
      // Nothing but an Ingress opens itself to the outside.
      sources: ["ingress"],
      // Removes records too, but none that its owner id does not mark as its own.
      policy: "sync",
      registry: "txt",
      txtOwnerId: cluster.name,
      domainFilters: [capabilities.dns.zone],
      extraArgs: { "zone-id-filter": capabilities.dns.hostedZoneId },
      interval: "1m",
      logFormat: "json",
      env: [{ name: "AWS_DEFAULT_REGION", value: cluster.region }],
      resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      priorityClassName: platformPriority,
      serviceAccount: { annotations: identity("external-dns") },
      serviceMonitor: { enabled: capabilities.monitoring !== undefined },
    }),
  },
  render: (stage, { capabilities }) => {
    flows(stage, [
      ...scraped(capabilities, pods),
      { from: pods, to: kubernetesApi },
      { from: pods, to: internet(443) },
    ]);
  },
});
