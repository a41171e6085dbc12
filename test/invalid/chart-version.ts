import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a chart whose name is more than a name",
      what: 'chart "keda\\nevil: true" from "https://charts.example.com" cannot be had',
      fix: "name the chart in lower case, and its repository by an https:// or oci:// address",
      object: "keda",
    },
    { addons: [addon("keda", { chart: { name: "keda\nevil: true", version: "2.18.0" } })] },
  ),
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
