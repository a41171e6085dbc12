import { addon } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an add-on with neither chart nor objects",
      what: "stage main of shade renders nothing",
      fix: "render something into it, or leave it out",
      object: "shade",
    },
    { addons: [addon("shade", { render: () => {} })] },
  ),
];
