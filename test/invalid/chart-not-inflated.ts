import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const digest = `sha256:${"0".repeat(64)}` as const;

export default [
  invalidGarden(
    {
      title: "a chart to be rendered here that nobody has rendered yet",
      what: "chart keda 2.18.0 is in mode inflate, and its objects are not there",
      fix: "npm run synth, which pulls and renders it",
      object: "keda",
    },
    { chartMode: "inflate", addons: [addon("keda", { chart: { name: "keda", version: "2.18.0", digest } })] },
  ),
];
