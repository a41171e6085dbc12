import type { DistObject } from "../changes/dist-object.ts";
import { field, list, text } from "../objects/json-fields.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** No definition of a custom resource stops to serve a version that objects in dist are written in. */
export const crdVersionDropped: Gate = {
  id: "crd-version-dropped",
  *run({ head, changes }) {
    for (const { kind, before, after, place } of changes.objects) {
      if (kind !== "apiextensions.k8s.io/CustomResourceDefinition" || before === undefined) continue;
      const served = after === undefined ? [] : servedVersions(after);
      const dropped = servedVersions(before).filter((version) => !served.includes(version));
      const group = text(before.object, "spec", "group") ?? "";
      const name = text(before.object, "spec", "names", "kind") ?? "";
      for (const version of dropped) {
        const users = head
          .objects(place.cluster, `${group}/${name}`)
          .filter(({ object }) => object.apiVersion === `${group}/${version}`)
          .map(({ object }) => objectName(object));
        if (users.length === 0) continue;
        yield gateProblem(
          crdVersionDropped.id,
          after ?? before,
          `${group}/${version} is no longer served, and ${users.slice(0, 3).join(", ")}${users.length > 3 ? ` and ${users.length - 3} more` : ""} ${users.length === 1 ? "is" : "are"} written in it`,
          served.length === 0
            ? "remove its objects first"
            : `write them in ${served.map((each) => `${group}/${each}`).join(" or ")} first`,
        );
      }
    }
  },
};

function servedVersions({ object }: DistObject): readonly string[] {
  return list(object, "spec", "versions")
    .filter((version) => field(version, "served") === true)
    .flatMap((version) => text(version, "name") ?? []);
}
