import { instancesSuffix, userInstanceApi } from "#synth";
import type { Stage } from "#synth";

interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** What an id may be. It becomes part of hosts, names and labels, so what could be read as another is refused. */
const ids: readonly Validation[] = [
  {
    expression: "object.metadata.name == object.spec.user",
    message: "the name of a UserInstance is the id of its user: one instance for each",
  },
  {
    expression: "object.spec.user.matches('^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message:
      "an id has 1 to 40 lower-case letters, digits and hyphens of ASCII, and begins and ends with a letter or digit",
  },
  {
    expression: "!object.spec.user.contains('--')",
    message: "an id has no two hyphens in a row: browsers show such names in other scripts",
  },
  {
    expression:
      "object.spec.user.matches('^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') || !object.spec.user.matches('[a-z][01]+[a-z]')",
    message: "an id has no 0 or 1 between letters, which look like o and l, unless it is a UUID",
  },
  {
    expression:
      "!(object.spec.user in ['admin', 'administrator', 'api', 'app', 'root', 'support', 'system', 'www'])",
    message: "this id could be taken for the service itself",
  },
];

const account = "'system:serviceaccount:'";

/** Whose it may be. */
const owners: readonly Validation[] = [
  {
    expression: `request.namespace.endsWith('${instancesSuffix}')`,
    message: `instances are in a namespace that ends in ${instancesSuffix}`,
  },
  {
    expression: "!has(object.metadata.ownerReferences) || object.metadata.ownerReferences.size() == 0",
    message: "an instance belongs to its user and to no other object, which could take it along",
  },
  {
    expression: `request.operation != 'CREATE' || !request.userInfo.username.startsWith(${account}) || request.userInfo.username == ${account} + request.namespace.substring(0, request.namespace.size() - ${instancesSuffix.length}) + ':backend'`,
    message: "of programs, only the backend of the same environment creates instances",
  },
  {
    expression: "oldObject == null || object.spec.user == oldObject.spec.user",
    message: "an instance keeps its user",
  },
  {
    expression:
      "oldObject == null || !has(oldObject.spec.lastActivity) || (has(object.spec.lastActivity) && object.spec.lastActivity >= oldObject.spec.lastActivity)",
    message: "a user's last activity does not become earlier",
  },
  {
    expression: `oldObject == null || !request.userInfo.username.startsWith(${account}) || ${["size", "gpu", "idleMinutes"].map((field) => `object.spec.?${field} == oldObject.spec.?${field}`).join(" && ")}`,
    message: "of an instance that there is, programs change nothing but the last activity",
  },
];

/** Kinds that kro writes for an instance. */
export const writtenKinds = [
  { apiGroups: [""], resources: ["configmaps", "services", "serviceaccounts"] },
  { apiGroups: ["apps"], resources: ["deployments"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"] },
] as const;

/** Adds the policies: which instances there may be, and where kro may write. */
export function addAdmission(stage: Stage, kroAccount: string): void {
  const { gpuNodeGroup } = stage.context.capabilities.userInstances ?? {};
  const noGpu: Validation = {
    expression: "!has(object.spec.gpu) || !object.spec.gpu",
    message: "no node of this cluster has a GPU for instances",
  };
  const { group, plural } = userInstanceApi;
  policy(stage, "user-instances", {
    resources: [{ apiGroups: [group], resources: [plural], operations: ["CREATE", "UPDATE"] }],
    // What is being deleted only loses finalizers.
    matchConditions: [{ name: "not-deleting", expression: "!has(object.metadata.deletionTimestamp)" }],
    validations: [...ids, ...owners, ...(gpuNodeGroup === undefined ? [noGpu] : [])],
  });
  // RBAC knows all namespaces or each by name; the namespaces of instances belong to apps.
  policy(stage, "user-instances-kro", {
    resources: writtenKinds.map((kinds) => ({ ...kinds, operations: ["CREATE", "UPDATE", "DELETE"] })),
    matchConditions: [
      { name: "kro", expression: `request.userInfo.username == ${account} + '${kroAccount}'` },
    ],
    validations: [
      {
        expression: `request.namespace.endsWith('${instancesSuffix}') && request.namespace.size() > ${instancesSuffix.length}`,
        message: `kro writes to namespaces that end in ${instancesSuffix} and to no others`,
      },
    ],
  });
}

interface Policy {
  readonly resources: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly operations: readonly string[];
  }[];
  readonly matchConditions: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly Validation[];
}

function policy(stage: Stage, name: string, { resources, matchConditions, validations }: Policy): void {
  const apiVersion = "admissionregistration.k8s.io/v1";
  stage.addResource({
    apiVersion,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        matchPolicy: "Equivalent",
        namespaceSelector: {},
        objectSelector: {},
        resourceRules: resources.map((rule) => ({ ...rule, apiVersions: ["*"], scope: "*" })),
      },
      matchConditions,
      validations: validations.map((each) => ({ ...each, reason: "Invalid" })),
    },
  });
  stage.addResource({
    apiVersion,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: { policyName: name, validationActions: ["Deny"] },
  });
}
