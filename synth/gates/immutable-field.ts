import type { FieldPath } from "../changes/field-path.ts";
import { pathText } from "../changes/field-path.ts";
import type { ObjectChange } from "../changes/object-change.ts";
import { field } from "../objects/json-fields.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** Which fields of a kind the API server refuses to change; patterns on the path, such as `spec.clusterIP`. */
interface Frozen {
  readonly fields: RegExp;
  /** Exceptions among them. */
  readonly except?: RegExp;
}

/**
 * From the `Validate…Update` functions of Kubernetes 1.35 (pkg/apis/<group>/validation). Selectors and volume claim
 * templates have rules of their own.
 */
const frozen: Readonly<Record<string, Frozen>> = {
  "/PersistentVolumeClaim": {
    fields: /^spec\./,
    except: /^spec\.(resources\.|volumeAttributesClassName$|volumeName$)/,
  },
  "/PersistentVolume": {
    fields: /^spec\.(awsElasticBlockStore|csi|nfs|hostPath|local|volumeMode|nodeAffinity)/,
  },
  "/Service": { fields: /^spec\.(clusterIP|loadBalancerClass)$/ },
  "/Pod": {
    fields: /^spec\./,
    except: /^spec\.(\w*[cC]ontainers\[[^\]]*\]\.image|activeDeadlineSeconds|tolerations)/,
  },
  "apps/StatefulSet": {
    fields: /^spec\./,
    except:
      /^spec\.(replicas|template|updateStrategy|minReadySeconds|ordinals|persistentVolumeClaimRetentionPolicy|revisionHistoryLimit|selector|volumeClaimTemplates)\b/,
  },
  "batch/Job": {
    fields:
      /^spec\.(template|completionMode|podFailurePolicy|successPolicy|backoffLimitPerIndex|managedBy|completions)\b/,
  },
  "rbac.authorization.k8s.io/RoleBinding": { fields: /^roleRef\b/ },
  "rbac.authorization.k8s.io/ClusterRoleBinding": { fields: /^roleRef\b/ },
  "storage.k8s.io/StorageClass": { fields: /^(provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/ },
  "storage.k8s.io/CSIDriver": { fields: /^spec\.(attachRequired|volumeLifecycleModes)\b/ },
  "scheduling.k8s.io/PriorityClass": { fields: /^(value|preemptionPolicy)$/ },
  "networking.k8s.io/IngressClass": { fields: /^spec\.controller$/ },
  "node.k8s.io/RuntimeClass": { fields: /^handler$/ },
  "apiextensions.k8s.io/CustomResourceDefinition": { fields: /^spec\.(group|scope|names\.(kind|plural))$/ },
};

/** No field changes that the API server refuses to change: the sync would fail, and stay failed. */
export const immutableField: Gate = {
  id: "immutable-field",
  *run({ changes }) {
    for (const change of changes.objects) {
      if (change.operation !== "changed" || change.after === undefined) continue;
      for (const path of frozenFields(change)) {
        yield gateProblem(
          immutableField.id,
          change.after,
          `${path} changes, which the API server refuses for a ${change.after.object.kind}`,
          "give the changed object another name, or change the field back; a waiver says that somebody deletes the old one by hand",
        );
      }
    }
  },
};

function frozenFields(change: ObjectChange): readonly string[] {
  const { kind, fields, before } = change;
  if (isSealed(change))
    return fields
      .map(({ path }) => pathText(path))
      .filter((path) => /^(data|binaryData|immutable)\b/.test(path));
  const rule = frozen[kind];
  if (rule === undefined) return [];
  return fields
    .filter(({ path, before: old }) => isFrozen(rule, path) && !isFirstValue(kind, path, old, before?.object))
    .map(({ path }) => pathText(path));
}

function isFrozen({ fields, except }: Frozen, path: FieldPath): boolean {
  const text = pathText(path);
  return fields.test(text) && except?.test(text) !== true;
}

/** A ConfigMap or Secret that its author made immutable. */
function isSealed({ kind, before }: ObjectChange): boolean {
  return (kind === "/ConfigMap" || kind === "/Secret") && field(before?.object, "immutable") === true;
}

/** A class that a load balancer had not may be set; what the server chose before is not known here. */
function isFirstValue(kind: string, path: FieldPath, old: unknown, before: unknown): boolean {
  return (
    kind === "/Service" &&
    old === undefined &&
    (path.at(-1) === "clusterIP" || field(before, "spec", "type") !== "LoadBalancer")
  );
}
