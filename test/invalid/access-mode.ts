import { volumeClaim } from "#synth";
import type { Stage } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const capabilities = { blockStorage: { driver: "ebs", className: "gp2" } } as const;
const uploads = (stage: Stage) => [
  {
    path: "/uploads",
    source: { claim: volumeClaim(stage, "uploads", { size: "1Gi", access: "block" }) },
  },
];

export default [
  invalidGarden(
    {
      title: "a volume of one node under several pods",
      what: "Deployment web runs up to 3 pods with claim uploads, which is ReadWriteOnce: the second pod hangs on another node",
      fix: 'run one replica, claim with access: "shared" (ReadWriteMany), or use a StatefulSet with a volume for each',
    },
    {
      capabilities,
      render: (stage, context) =>
        webServer(stage, context, { replicas: { min: 1, max: 3, cpu: 70 }, mounts: uploads(stage) }),
    },
  ),
  invalidGarden(
    {
      title: "a volume of one node under pods that overlap",
      what: "Deployment web starts a new pod beside the old one on every change with claim uploads, which is ReadWriteOnce: the second pod hangs on another node",
      fix: 'set strategy: "recreate", or claim with access: "shared" (ReadWriteMany)',
    },
    {
      capabilities,
      render: (stage, context) => webServer(stage, context, { replicas: 1, mounts: uploads(stage) }),
    },
  ),
];
