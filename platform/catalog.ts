import { amazonCloudwatchObservability } from "./amazon-cloudwatch-observability.ts";
import { argoCdUi } from "./argo-cd-ui.ts";
import { argoCd } from "./argo-cd.ts";
import { argoRollouts } from "./argo-rollouts.ts";
import { awsEbsCsiDriver } from "./aws-ebs-csi-driver.ts";
import { awsEfsCsiDriver } from "./aws-efs-csi-driver.ts";
import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { certManager } from "./cert-manager.ts";
import { clusterAutoscaler } from "./cluster-autoscaler.ts";
import { datadog } from "./datadog.ts";
import { externalDns } from "./external-dns.ts";
import { externalSecrets } from "./external-secrets.ts";
import { fluentBit } from "./fluent-bit.ts";
import { fluxInstance } from "./flux-instance.ts";
import { flux } from "./flux.ts";
import { keda } from "./keda.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { kro } from "./kro.ts";
import { metricsServer } from "./metrics-server.ts";
import { priorityClasses } from "./priority-classes.ts";
import { prometheusAdapter } from "./prometheus-adapter.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";
import { secretStore } from "./secret-store.ts";
import { snapshotClasses } from "./snapshot-classes.ts";
import { snapshotController } from "./snapshot-controller.ts";
import { storageClasses } from "./storage-classes.ts";
import { traefik } from "./traefik.ts";
import { userInstances } from "./user-instances.ts";

/** Every add-on there is; a cluster runs those that its capabilities call for. */
export const addons = [
  priorityClasses,
  prometheusOperatorCrds,
  storageClasses,
  argoCd,
  argoCdUi,
  flux,
  fluxInstance,
  certManager,
  externalSecrets,
  secretStore,
  awsLoadBalancerController,
  traefik,
  externalDns,
  awsEbsCsiDriver,
  awsEfsCsiDriver,
  snapshotController,
  snapshotClasses,
  clusterAutoscaler,
  metricsServer,
  kubePrometheusStack,
  prometheusAdapter,
  argoRollouts,
  keda,
  kro,
  userInstances,
  fluentBit,
  datadog,
  amazonCloudwatchObservability,
];
