import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a range of chart versions",
      what: 'chart keda has version "2.x", which may mean another chart tomorrow',
      fix: "pin one version, such as 1.2.3",
      object: "keda",
    },
    { addons: [addon("keda", { chart: { name: "keda", version: "2.x" } })] },
  ),
  invalidGarden(
    {
      title: "a chart that is rendered here without a digest",
      what: "chart keda is rendered here, and has no digest to tell that it is the same",
      fix: "add the digest of the packaged chart (sha256:…)",
    },
    { chartMode: "inflate", addons: [addon("keda", { chart: { name: "keda", version: "2.18.0" } })] },
  ),
];
