import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a project that allows every namespace",
      what: "it allows * in destinations",
      fix: "list what the project's Applications use",
      object: "AppProject/argocd/visitors spec.destinations[0].namespace",
    },
    {
      addons: [
        addon("guests", {
          namespace: { name: "argocd" },
          render: (stage) => {
            stage.addResource({
              apiVersion: "argoproj.io/v1alpha1",
              kind: "AppProject",
              metadata: { name: "visitors" },
              spec: { destinations: [{ server: "https://kubernetes.default.svc", namespace: "*" }] },
            } satisfies IAppProject);
          },
        }),
      ],
    },
  ),
];
