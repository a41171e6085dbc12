import { defineAddon, k8s, userInstanceApi } from "#synth";
import { kroNamespace, kroRightsLabel } from "./kro.ts";
import { addAdmission, writtenKinds } from "./user-instances/admission.ts";
import { addGraph } from "./user-instances/graph.ts";

/** An API of the whole cluster, so that it is the platform's: an app has no objects outside its namespaces. */
export const userInstances = defineAddon({
  name: "user-instances",
  description: "UserInstance: Blender and an agent for one user, and who may have which",
  layer: "configuration",
  wanted: ({ capabilities }) => capabilities.userInstances !== undefined,
  needs: ["userInstances", "ingress"],
  provides: ["userInstances"],
  dependsOn: ["kro"],
  namespace: kroNamespace,
  render: (stage) => {
    const verbs = ["create", "delete", "get", "list", "patch", "update", "watch"];
    const { group, plural } = userInstanceApi;
    stage.add(k8s.KubeClusterRole, "user-instances-kro", {
      metadata: { labels: { ...kroRightsLabel } },
      rules: [
        ...writtenKinds.map(({ apiGroups, resources }) => ({
          apiGroups: [...apiGroups],
          resources: [...resources],
          verbs,
        })),
        // It sets finalizers and says how they are; creating and deleting them is others' business.
        { apiGroups: [group], resources: [plural], verbs: ["get", "list", "patch", "update", "watch"] },
        { apiGroups: [group], resources: [`${plural}/finalizers`], verbs: ["update"] },
        { apiGroups: [group], resources: [`${plural}/status`], verbs: ["get", "patch", "update"] },
      ],
    });
    // Before the graph: from the first UserInstance on, they hold.
    addAdmission(stage, `${kroNamespace.name}:kro`);
    addGraph(stage);
  },
});
