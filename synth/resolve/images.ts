import type { ClusterView } from "../model/cluster-view.ts";
import type { ImagePin, OwnImage } from "../model/image.ts";

/** An own image as a container of this cluster names it: from the account's ECR, or built on the machine. */
export function imageReference(view: ClusterView, image: OwnImage, pin: ImagePin): string {
  const registry = view.provider === "eks" ? `${view.account}.dkr.ecr.${view.region}.amazonaws.com/` : "";
  const separator = pin.startsWith("sha256:") ? "@" : ":";
  return `${registry}${image.repository}${separator}${pin}`;
}
