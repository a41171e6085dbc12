import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a dependency on a later layer",
      what: "pond (layer foundation) depends on well of the later layer controllers",
      fix: "move pond to controllers, or well to an earlier layer",
    },
    { addons: [addon("pond", { layer: "foundation", dependsOn: ["well"] }), addon("well")] },
  ),
];
