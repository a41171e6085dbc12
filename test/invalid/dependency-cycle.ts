import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a circle of dependencies",
      what: "dependencies go in a circle: pond → well → pond",
      fix: "remove one of these dependencies, or split the add-on that needs both directions",
    },
    { addons: [addon("pond", { dependsOn: ["well"] }), addon("well", { dependsOn: ["pond"] })] },
  ),
];
