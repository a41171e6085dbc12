import { volumeClaim } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a claim that nobody makes",
      what: "Deployment web mounts claim uploads, which namespace shop-dev does not have",
      fix: "render it in that namespace with volumeClaim(…)",
      object: "Deployment/shop-dev/web spec.template.spec.volumes[0]",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, { mounts: [{ path: "/uploads", source: { claim: "uploads" } }] }),
    },
  ),
  invalidGarden(
    {
      title: "a storage class that nobody renders",
      what: "it asks for storage class gp3, which garden does not have",
      fix: "did you mean gp2? Otherwise give the cluster the storage capability whose add-on renders the class, or use its class",
      object: "PersistentVolumeClaim/shop-dev/uploads spec.storageClassName",
    },
    {
      capabilities: { blockStorage: { driver: "ebs", className: "gp3" } },
      render: (stage, context) => {
        const claim = volumeClaim(stage, "uploads", { size: "1Gi", access: "block" });
        webServer(stage, context, {
          replicas: 1,
          strategy: "recreate",
          mounts: [{ path: "/uploads", source: { claim } }],
        });
      },
    },
  ),
];
