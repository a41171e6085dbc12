import type { k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";
import { addPod, closed } from "./pod.ts";

const loosen = "a looser level is the namespace's to declare, with the reason";

function odd(
  title: string,
  what: string,
  allowed: string,
  spec: Partial<k8s.PodSpec>,
  securityContext?: k8s.SecurityContext,
) {
  return invalidGarden(
    {
      title,
      what: `${what}, which level restricted of namespace shop-dev forbids`,
      fix: `allowed is ${allowed}; ${loosen}`,
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        addPod(stage, spec, { securityContext: { ...closed, ...securityContext } });
      },
    },
  );
}

export default [
  odd("the host's network", "Host Namespaces: hostNetwork is true", "nothing or false", {
    hostNetwork: true,
  }),
  odd(
    "a privileged container",
    "Privileged Containers: containers[0].securityContext.privileged is true",
    "nothing or false",
    {},
    { privileged: true },
  ),
  odd(
    "a capability beyond the level's",
    "Capabilities: containers[0].securityContext.capabilities.add is NET_RAW",
    "NET_BIND_SERVICE",
    {},
    { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } },
  ),
  odd(
    "a path of the host",
    "Volume Types: volumes[0] is hostPath",
    "configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret",
    {
      volumes: [{ name: "host", hostPath: { path: "/var" } }],
    },
  ),
  odd(
    "no seccomp profile",
    "Seccomp: containers[0].securityContext.seccompProfile.type is not set",
    "RuntimeDefault, Localhost",
    { securityContext: { runAsNonRoot: true } },
  ),
  odd(
    "a process that may be root",
    "Running as Non-root: containers[0].securityContext.runAsNonRoot is not set",
    "true",
    { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
  ),
];
