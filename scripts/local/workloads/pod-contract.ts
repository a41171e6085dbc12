import { podTemplatesOf } from "../../../synth/checks/workloads.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import { contractOf } from "../../mock-workload/container-contract.ts";
import type { Contract } from "../../mock-workload/program/contract.ts";
import type { Held, HolderKind } from "./held.ts";

/** A container of a pod that has to run, with what a mock of it has to honour. */
export interface PodContainer {
  readonly name: string;
  readonly spec: unknown;
  readonly contract: Contract;
}

/** An image of our own: built on the machine, or from an account's ECR, as `imageReference` writes both. */
const ownImage = /:local$|^\d{12}\.dkr\.ecr\./;

/**
 * Whether a pod is one that a simulated node says it runs, and for whose containers mocks stand in: images of other
 * people have no contract of ours, and what a Job did is done.
 */
export function runsHere(pod: KubernetesObject): boolean {
  const isJobs = list(pod.metadata, "ownerReferences").some((owner) => text(owner, "kind") === "Job");
  const isThere =
    text(pod, "status", "phase") === "Running" && pod.metadata["deletionTimestamp"] === undefined;
  return isThere && !isJobs && list(pod, "spec", "containers").some(hasOwnImage);
}

/** Containers of our own images, without those that run before the others. */
export function podContainers(pod: KubernetesObject, held: Held): readonly PodContainer[] {
  const { name } = pod.metadata;
  const source = { object: pod, owner: name, definition: "", stage: "main", stack: "" };
  const workload = stringMap(pod.metadata, "labels")["app.kubernetes.io/name"] ?? name;
  const keysOf = (kind: HolderKind, of: string) => [...(held(kind, of)?.keys() ?? [])];
  return podTemplatesOf(source).flatMap((template) =>
    template.containers
      .filter(({ init, spec }) => !init && hasOwnImage(spec))
      .map((container) => {
        const contract = contractOf(template, container, keysOf);
        return {
          name: container.name,
          spec: container.spec,
          contract: { ...contract, workload, runs: "always" as const },
        };
      }),
  );
}

function hasOwnImage(container: unknown): boolean {
  return ownImage.test(text(container, "image") ?? "");
}
