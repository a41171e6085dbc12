import { defineApp, httpIngress } from "#synth";
import type { Stage } from "#synth";
import { backend } from "./backend.ts";
import { blender } from "./blender.ts";
import { dbInit } from "./db-init.ts";
import { instances } from "./instances/instances.ts";
import { reaper } from "./instances/reaper.ts";
import { instanceNamespaces } from "./instances/namespace.ts";
import { monitoring } from "./monitoring.ts";
import { networkPolicies } from "./network.ts";
import { checkParameters, images, needs } from "./parameters.ts";
import type { MeshContext, Parameters } from "./parameters.ts";
import { postgres } from "./postgres.ts";
import { secrets } from "./secrets.ts";
import { sessionSeconds, streamlit } from "./streamlit.ts";
import { variables } from "./variables.ts";

export const prompt2mesh = defineApp<Parameters>()({
  // Not "prompt2mesh": its placement in prod would be called like the cluster, which owns files by its name.
  name: "prompt2mesh-app",
  description: "Makes 3D models of what people write: a Streamlit front end, a FastAPI backend, Blender.",
  images,
  needs,
  uses: ["resourceMetrics", "monitoring", "progressiveDelivery", "userInstances"],
  // The database first; then its schema; then what serves from it.
  stages: ["data", "migrate", "serve"],
  namespaces: instanceNamespaces,
  promotion: { soakHours: { prod: 24 }, approvers: { prod: ["@example/platform"] } },
  variables,
  render,
});

function render(
  { data, migrate, serve }: Readonly<Record<"data" | "migrate" | "serve", Stage>>,
  context: MeshContext,
) {
  checkParameters(context);
  const keys = secrets(data, context);
  const database = postgres(data, context, keys.postgres);
  const schema = dbInit(migrate, context, keys);
  const api = backend(serve, context, keys);
  const web = streamlit(serve, context, api.port("http"));
  const shared = blender(serve, context);
  httpIngress(serve, "prompt2mesh", {
    host: context.parameters.host,
    routes: { "/api": api.port("http"), "/": web.port("http") },
    healthPath: "/healthz",
    // A browser's session is a WebSocket, silent while the model thinks, to the pod that holds its state.
    idleTimeoutSeconds: sessionSeconds,
    stickySeconds: sessionSeconds,
  });
  instances(data, serve, context);
  const idle = reaper(serve, context);
  monitoring(serve, context, api);
  // In the first stage, so that doors are open, and only those, before anybody knocks.
  networkPolicies(data, context, {
    postgres: database,
    dbInit: schema,
    backend: api,
    streamlit: web,
    blender: shared,
    reaper: idle,
  });
}
