import { k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";
import { addPod } from "./pod.ts";

export default [
  invalidGarden(
    {
      title: "a request above the limit",
      what: "container web requests 512Mi memory, more than its limit of 256Mi",
      fix: "raise the limit, or lower the request",
      object: "Deployment/shop-dev/web spec.template.spec.containers[0].resources.requests.memory",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, {
          resources: { cpu: { request: "100m" }, memory: { request: "512Mi", limit: "256Mi" } },
        }),
    },
  ),
  invalidGarden(
    {
      title: "a container that says nothing of its needs",
      what: "container odd has no resources.requests.cpu",
      fix: "set it: requests place the pod and bound its share, a memory limit protects its neighbours",
      object: "Pod/shop-dev/odd spec.containers[0].resources.requests.cpu",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        const memory = k8s.Quantity.fromString("16Mi");
        addPod(stage, {}, { resources: { requests: { memory }, limits: { memory } } });
      },
    },
  ),
];
