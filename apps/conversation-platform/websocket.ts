import { config, deployment, k8s, rotation, serviceMonitor } from "#synth";
import type { Component, Party, Stage } from "#synth";
import { exported } from "./exports.ts";
import { navigatorAddress } from "./navigator.ts";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import { graphAccess, redisAccess, serviceProbes, serviceSettings } from "./service-settings.ts";
import { sizes } from "./sizes.ts";

const name = "websocket-service";

/** Headless Service whose name leads HAProxy to every pod that is ready. */
export const websocketPods = "websocket-pods";

/** Holds the WebSockets, and hands on what is said. */
export function websocket(
  stage: Stage,
  context: ConversationContext,
  secrets: Secrets,
): Component<"http" | "metrics"> {
  const { replicas, resources } = sizes[context.parameters.size].websocket;
  const service = deployment(stage, name, {
    image: context.images.websocket,
    replicas,
    ...nodesFor(context, "websocket"),
    ports: { http: ports.websocket, metrics: ports.metrics },
    envFrom: [
      config(stage, name, {
        ...serviceSettings(ports.websocket),
        NAVIGATOR_URL: navigatorAddress,
      }),
    ],
    env: { ...graphAccess(secrets), ...redisAccess(context, secrets) },
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    probes: serviceProbes,
    // HAProxy sees within seconds that it is going; clients have the rest to come back to another pod.
    preStop: ["sleep", "10"],
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
  podsByName(stage, service);
  serviceMonitor(stage, service.port("metrics"), {
    exports: exported.websocket,
    // Its autoscaler decides within half a minute.
    everySeconds: 15,
  });
  return service;
}

/** Without the component's name among its labels: its monitor is to find one Service. */
function podsByName(stage: Stage, { selector }: Party): void {
  stage.add(k8s.KubeService, websocketPods, {
    spec: {
      clusterIp: "None",
      selector: { ...selector },
      ports: [
        {
          name: "http",
          port: ports.websocket,
          targetPort: k8s.IntOrString.fromString("http"),
          protocol: "TCP",
        },
      ],
    },
  });
}
