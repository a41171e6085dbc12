/** The public model: all that definitions may import. */
export { defineAddon, defineEksAddon } from "./model/addon.ts";
export type { Addon, ClusterTraits } from "./model/addon.ts";
export { bucketName } from "./model/aws.ts";
export { defineApp } from "./model/app.ts";
export { defineEksCluster, defineLocalCluster } from "./model/cluster.ts";
export type { Cluster } from "./model/cluster.ts";
export type { ClusterView, EksView } from "./model/cluster-view.ts";
export { defineFleet } from "./model/fleet.ts";
export type { Fleet } from "./model/fleet.ts";
export { place } from "./model/placement.ts";
export type { AddonContext, AppContext } from "./model/context.ts";
export { secretStoreName } from "./model/capability.ts";
export type { AlertReceivers, Capabilities, CapabilityName, CustomMetric } from "./model/capability.ts";
export type { ChartKinds } from "./model/chart.ts";
export type { Permissions, PermissionStatement } from "./model/permission.ts";
export type { Dashboard, DashboardPanel } from "./model/dashboard.ts";
export type { NodeGroup } from "./model/node-group.ts";
export type { PublicImage } from "./model/image.ts";
export type { Environment, Reconciler } from "./model/names.ts";
export {
  defaultIdleMinutes,
  instanceSettings,
  instanceSizeNames,
  instancesSuffix,
  userInstanceApi,
  usersPerLoadBalancer,
} from "./model/user-instances.ts";
export type { InstanceSettings, ShardCount } from "./model/user-instances.ts";

export { Stage } from "./model/stage.ts";
export type { Component, Party, PortRef } from "./kubernetes/component.ts";
export { config } from "./kubernetes/config.ts";
export type { ConfigRef } from "./kubernetes/config.ts";
export type { ContainerSpec, EnvironmentValue, Mount, Resources } from "./kubernetes/container.ts";
export { flows, ingress, internet, kubernetesApi, network } from "./kubernetes/flow.ts";
export type { Flow } from "./kubernetes/flow.ts";
export { httpIngress, publicUrl } from "./kubernetes/http-ingress.ts";
export { cronJob, job, jobTemplate } from "./kubernetes/job.ts";
export type { JobTemplate } from "./kubernetes/job.ts";
export { blueGreen } from "./kubernetes/rollout.ts";
export { postgres, postgresUser } from "./kubernetes/postgres.ts";
export type { Probe } from "./kubernetes/probe.ts";
export { role } from "./kubernetes/role.ts";
export { rotation } from "./kubernetes/rotation.ts";
export type { SecretRotation } from "./kubernetes/rotation.ts";
export type { Replicas } from "./kubernetes/scaling.ts";
export { secret } from "./kubernetes/secret.ts";
export type { SecretRef } from "./kubernetes/secret.ts";
export { prometheusNamespace, scrapes, serviceMonitor } from "./kubernetes/service-monitor.ts";
export { alerts } from "./observability/alert.ts";
export type { Alert } from "./observability/alert.ts";
export { appDashboard, seriesOf } from "./observability/app-dashboard.ts";
export { slo } from "./observability/objective.ts";
export type { Slo } from "./observability/slo.ts";
export { deployment, serviceAccount, statefulSet } from "./kubernetes/workload.ts";
export { volumeClaim } from "./kubernetes/volume-claim.ts";
export { k8s } from "cdk8s-plus-28";
