import { accessMode } from "./access-mode.ts";
import { appExposure } from "./app-exposure.ts";
import { appRights } from "./app-rights.ts";
import { appScope } from "./app-scope.ts";
import { autoscalerTarget } from "./autoscaler-target.ts";
import { awsNetwork } from "./aws-network.ts";
import { awsOutputSource } from "./aws-output-source.ts";
import { awsRoleStack } from "./aws-role-stack.ts";
import { awsSettings } from "./aws-settings.ts";
import { awsTemplate } from "./aws-template.ts";
import { capacity } from "./capacity.ts";
import { chartVersion } from "./chart-version.ts";
import type { Check } from "./check.ts";
import { claimReference } from "./claim-reference.ts";
import { configReference } from "./config-reference.ts";
import { crdProvided } from "./crd-provided.ts";
import { customMetric } from "./custom-metric.ts";
import { deliveryOrder } from "./delivery-order.ts";
import { disruptionBudget } from "./disruption-budget.ts";
import { duplicateObject } from "./duplicate-object.ts";
import { emptySlice } from "./empty-slice.ts";
import { hostConflict } from "./host-conflict.ts";
import { iamPolicy } from "./iam-policy.ts";
import { imagePinned } from "./image-pinned.ts";
import { ingressClass } from "./ingress-class.ts";
import { ingressFlow } from "./ingress-flow.ts";
import { ingressHost } from "./ingress-host.ts";
import { ingressTls } from "./ingress-tls.ts";
import { names } from "./names.ts";
import { namespaceReference } from "./namespace-reference.ts";
import { networkPolicy } from "./network-policy.ts";
import { podSecurity } from "./pod-security.ts";
import { portReference } from "./port-reference.ts";
import { priorityClass } from "./priority-class.ts";
import { probes } from "./probes.ts";
import { projectWildcard } from "./project-wildcard.ts";
import { quotaFit } from "./quota-fit.ts";
import { rbacWildcard } from "./rbac-wildcard.ts";
import { releaseFacts } from "./release-facts.ts";
import { resources } from "./resources.ts";
import { ruleExpression } from "./rule-expression.ts";
import { ruleMetric } from "./rule-metric.ts";
import { schema } from "./schema.ts";
import { secretMaterial } from "./secret-material.ts";
import { secretReference } from "./secret-reference.ts";
import { selector } from "./selector.ts";
import { serviceAccountReference } from "./service-account-reference.ts";
import { unsetValue } from "./unset-value.ts";

/** All rules, in the order in which their problems print: what is malformed, what dangles, what is unwise. */
export const checks: readonly Check[] = [
  schema,
  unsetValue,
  names,
  duplicateObject,
  emptySlice,
  namespaceReference,
  crdProvided,
  configReference,
  secretReference,
  serviceAccountReference,
  claimReference,
  accessMode,
  portReference,
  selector,
  ingressClass,
  ingressHost,
  ingressFlow,
  hostConflict,
  autoscalerTarget,
  ruleExpression,
  ruleMetric,
  customMetric,
  priorityClass,
  appScope,
  appRights,
  appExposure,
  podSecurity,
  secretMaterial,
  imagePinned,
  chartVersion,
  releaseFacts,
  resources,
  probes,
  disruptionBudget,
  networkPolicy,
  ingressTls,
  rbacWildcard,
  iamPolicy,
  projectWildcard,
  awsNetwork,
  awsOutputSource,
  awsRoleStack,
  awsSettings,
  awsTemplate,
  quotaFit,
  capacity,
  deliveryOrder,
];
