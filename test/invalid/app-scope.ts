import { k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an app's object for the whole cluster",
      what: "an app holds nothing outside namespaces, and IngressClass is for the whole cluster",
      fix: "make it an add-on in platform/, which the platform's owners review",
      object: "IngressClass/side-door",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeIngressClass, "side-door", { spec: { controller: "example.com/side-door" } });
      },
    },
  ),
  invalidGarden(
    {
      title: "an app's object in somebody else's namespace",
      what: "it stands in namespace kube-system, which is not shop-dev's",
      fix: "put it into shop-dev, or declare the namespace in the app's namespaces()",
      object: "ConfigMap/kube-system/coredns",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeConfigMap, "coredns", { metadata: { namespace: "kube-system" }, data: { a: "b" } });
      },
    },
  ),
  invalidGarden(
    {
      title: "an app that tells the reconciler what to do",
      what: "AppProject tells the reconciler what to do, with the reconciler's rights",
      fix: "leave that to synth, which makes what delivers the app",
      object: "AppProject/shop-dev/backdoor",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.addResource({
          apiVersion: "argoproj.io/v1alpha1",
          kind: "AppProject",
          metadata: { name: "backdoor" },
          spec: { description: "a way in" },
        });
      },
    },
  ),
];
