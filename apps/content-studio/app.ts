import { defineApp } from "#synth";
import type { Stage } from "#synth";
import { networkPolicies, publicName } from "./network.ts";
import { checkParameters, images, needs } from "./parameters.ts";
import type { Parameters, StudioContext } from "./parameters.ts";
import { permissions } from "./permissions.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import { secrets } from "./secrets.ts";
import { server } from "./server.ts";
import { settings } from "./settings.ts";
import { variables } from "./variables.ts";
import { web } from "./web.ts";
import { worker } from "./worker.ts";

export const contentStudio = defineApp<Parameters>()({
  name: "content-studio",
  description: "Makes podcasts and voiceovers of documents: a web interface, an API and workers.",
  images,
  needs,
  uses: ["blockStorage", "resourceMetrics", "eventScaling", "tracing"],
  // What carries events and content first, then what uses it.
  stages: ["data", "serve"],
  promotion: { soakHours: { prod: 24 }, approvers: { prod: ["@example/platform"] } },
  permissions,
  variables,
  render,
});

function render({ data, serve }: Readonly<Record<"data" | "serve", Stage>>, context: StudioContext) {
  checkParameters(context);
  const { database } = context.parameters;
  const keys = secrets(data, context);
  const told = settings(serve, context);
  const parties = {
    redis: keys.redis && redis(data, context, keys.redis),
    postgres: database.kind === "in-cluster" ? postgres(data, database.size, keys.database) : undefined,
    server: server(serve, context, told, keys),
    worker: worker(serve, context, told, keys),
    web: web(serve, context),
  };
  publicName(serve, context, parties);
  // In the first stage, so that doors are open, and only those, before anybody knocks.
  networkPolicies(data, context, parties);
}
