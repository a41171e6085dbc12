import { deployment, flows, httpIngress, ingress, k8s } from "#synth";
import type { Component, Resources, Stage } from "#synth";

/** What differs between instances: values, or expressions that kro replaces with them. */
export interface InstanceValues {
  /** The user's id: a DNS label of at most 40 characters. */
  readonly user: string;
  readonly host: string;
  /** Group of Ingresses that share a load balancer. */
  readonly loadBalancer: string;
  readonly blenderImage: string;
  readonly agentImage: string;
  /** Namespace of what users share, whose backend calls agents and is called by them. */
  readonly sharedNamespace: string;
  readonly cpu: { readonly blender: string; readonly agent: string };
  readonly memory: { readonly blender: string; readonly agent: string };
  /** Whole GPUs of Blender, and the node group that has them. */
  readonly gpu?: { readonly nodeGroup: string };
}

/** Numbers of the containers' ports, as the images have them. */
const instancePorts = { web: 3000, vnc: 3001, mcp: 9876, agent: 8000, backend: 8000 } as const;

/** Whom an agent's token is for: the backend takes it as who the agent is, and nobody else takes it. */
const audience = "prompt2mesh";

/** The objects of one user: Blender behind a host of its own, and the agent that drives it. */
export function instanceObjects(stage: Stage, values: InstanceValues): void {
  const { user, host, sharedNamespace } = values;
  const settings = `user-${user}`;
  stage.add(k8s.KubeConfigMap, settings, {
    data: {
      USER_ID: user,
      PUBLIC_URL: `https://${host}`,
      BLENDER_MCP_HOST: `user-${user}-blender`,
      BLENDER_MCP_PORT: String(instancePorts.mcp),
      BACKEND_URL: `http://backend.${sharedNamespace}.svc:${instancePorts.backend}`,
    },
  });
  const blenderPods = blender(stage, values);
  const agentPods = agent(stage, values, settings);
  httpIngress(stage, settings, {
    host,
    routes: { "/": blenderPods.port("web") },
    // A desktop in a browser is a WebSocket, silent while its user thinks.
    idleTimeoutSeconds: 3600,
    group: values.loadBalancer,
  });
  const shared = { outside: "namespace", namespace: sharedNamespace } as const;
  // Nothing leads from one user to another, nor from Blender, which runs whatever it is told to, to anywhere.
  flows(stage, [
    { from: ingress, to: blenderPods.port("web") },
    { from: agentPods, to: blenderPods.port("mcp") },
    { from: shared, to: agentPods.port("http") },
    { from: agentPods, to: { ...shared, port: instancePorts.backend } },
  ]);
}

/** VNC is for `kubectl port-forward`: no policy opens it to anybody. */
function blender(stage: Stage, values: InstanceValues): Component<"web" | "vnc" | "mcp"> {
  const { gpu } = values;
  const nodeGroup = gpu?.nodeGroup ?? stage.context.capabilities.userInstances?.nodeGroup;
  return deployment(stage, `user-${values.user}-blender`, {
    image: values.blenderImage,
    replicas: 1,
    strategy: "recreate",
    ...(nodeGroup !== undefined && { nodeGroup }),
    ports: { web: instancePorts.web, vnc: instancePorts.vnc, mcp: instancePorts.mcp },
    env: {
      HOME: "/config",
      WEB_PORT: String(instancePorts.web),
      VNC_PORT: String(instancePorts.vnc),
      MCP_PORT: String(instancePorts.mcp),
    },
    resources: {
      ...resources(values.cpu.blender, values.memory.blender, "4Gi"),
      ephemeralStorage: { request: "2Gi", limit: "12Gi" },
      ...(gpu && { gpus: 1 }),
    },
    mounts: [
      { path: "/config", source: { scratch: "config", size: "8Gi" } },
      { path: "/tmp", source: { scratch: "tmp", size: "2Gi" } },
      { path: "/dev/shm", source: { scratch: "shm", medium: "Memory", size: "1Gi" } },
    ],
    probes: {
      startup: { http: "/", port: "web", periodSeconds: 5, failureThreshold: 60 },
      readiness: { http: "/", port: "web" },
      // Blender renders without answering for a while; three minutes of it are no reason to lose the scene.
      liveness: { tcp: "mcp", periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 6 },
    },
  });
}

/** It holds no secret: it asks the backend for the model's answers, as itself. */
function agent(stage: Stage, values: InstanceValues, settings: string): Component<"http"> {
  const nodeGroup = stage.context.capabilities.userInstances?.nodeGroup;
  return deployment(stage, `user-${values.user}-agent`, {
    image: values.agentImage,
    args: ["agent"],
    replicas: 1,
    strategy: "recreate",
    ...(nodeGroup !== undefined && { nodeGroup }),
    ports: { http: instancePorts.agent },
    // Its content does not change under a running pod: the graph renders both anew.
    envFrom: [{ configMapName: settings, digest: "" }],
    env: { BACKEND_TOKEN_FILE: "/var/run/prompt2mesh/token" },
    resources: resources(values.cpu.agent, values.memory.agent, "2Gi"),
    mounts: [
      { path: "/tmp", source: { scratch: "tmp", size: "1Gi" } },
      { path: "/var/run/prompt2mesh", readOnly: true, source: { tokenFor: audience } },
    ],
    probes: {
      startup: { http: "/healthz", port: "http", periodSeconds: 2, failureThreshold: 60 },
      readiness: { http: "/readyz", port: "http" },
      liveness: { http: "/healthz", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
    },
  });
}

/** The document's figures: both may use 2 CPU. */
function resources(cpu: string, request: string, limit: string): Resources {
  return { cpu: { request: cpu, limit: "2" }, memory: { request, limit } };
}
