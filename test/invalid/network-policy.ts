import { deployment } from "#synth";
import { webSpec } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a pod that no flow names",
      what: "no flow names Deployment web, so it can resolve names and reach nothing",
      fix: "name it in flows(…); if it talks to nobody, say so with a NetworkPolicy without rules",
      object: "Deployment/shop-dev/web",
    },
    { render: (stage, context) => deployment(stage, "web", webSpec(context)) },
  ),
];
