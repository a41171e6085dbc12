import { apiRemoved } from "./api-removed.ts";
import { autoscalerMinimum } from "./autoscaler-minimum.ts";
import { chartMajor } from "./chart-major.ts";
import { claimTemplateChanged } from "./claim-template-changed.ts";
import { crdVersionDropped } from "./crd-version-dropped.ts";
import { drainBlocked } from "./drain-blocked.ts";
import type { Gate } from "./gate.ts";
import { hostClaimed } from "./host-claimed.ts";
import { immutableField } from "./immutable-field.ts";
import { leftBehind } from "./left-behind.ts";
import { networkOpened } from "./network-opened.ts";
import { podSecurityLoosened } from "./pod-security-loosened.ts";
import { pruneShare } from "./prune-share.ts";
import { publicLoadBalancer } from "./public-load-balancer.ts";
import { rbacWidened } from "./rbac-widened.ts";
import { selectorChanged } from "./selector-changed.ts";
import { singletonReplicas } from "./singleton-replicas.ts";
import { statefulDeleted } from "./stateful-deleted.ts";
import { unreadableFile } from "./unreadable-file.ts";

/** All gates, in the order in which they print: what cannot be undone, what fails, what opens, what is unwise. */
export const gates: readonly Gate[] = [
  statefulDeleted,
  pruneShare,
  leftBehind,
  unreadableFile,
  immutableField,
  selectorChanged,
  claimTemplateChanged,
  crdVersionDropped,
  apiRemoved,
  rbacWidened,
  podSecurityLoosened,
  networkOpened,
  publicLoadBalancer,
  hostClaimed,
  autoscalerMinimum,
  drainBlocked,
  singletonReplicas,
  chartMajor,
];
