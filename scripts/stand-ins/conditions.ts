import { list, number, text } from "../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { referenceOf } from "./reference.ts";

export interface Condition {
  /** Default: `Ready`. */
  readonly type?: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
}

/** Says a condition in an object's status, and more of the status with it, unless it says so already. */
export async function say(
  client: KubernetesClient,
  object: KubernetesObject,
  condition: Condition,
  status: Readonly<Record<string, Json>> = {},
): Promise<void> {
  const { type = "Ready" } = condition;
  const before = list(object, "status", "conditions");
  const known = before.find((each) => text(each, "type") === type);
  const generation = number(object, "metadata", "generation") ?? 1;
  const observed = "observedGeneration" in status ? { observedGeneration: generation } : {};
  if (known !== undefined && says(known, condition) && isObserved(object, status, generation)) return;
  const since =
    text(known, "status") === condition.status ? text(known, "lastTransitionTime") : new Date().toISOString();
  const others = before.filter((each) => text(each, "type") !== type).map(asJson);
  await client.mergePatch(
    referenceOf(object),
    {
      status: {
        ...status,
        ...observed,
        conditions: [
          ...others,
          {
            type,
            status: condition.status,
            reason: condition.reason,
            message: condition.message,
            lastTransitionTime: since ?? new Date().toISOString(),
            ...observed,
          },
        ],
      },
    },
    "status",
  );
}

function says(known: unknown, { status, reason, message }: Condition): boolean {
  return (
    text(known, "status") === status && text(known, "reason") === reason && text(known, "message") === message
  );
}

function isObserved(object: KubernetesObject, status: object, generation: number): boolean {
  return !("observedGeneration" in status) || number(object, "status", "observedGeneration") === generation;
}

/** What the API server answered is JSON. */
export function asJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, asJson(child)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Whether a condition of type Ready is True. */
export function isReady(object: KubernetesObject): boolean {
  const ready = list(object, "status", "conditions").find((each) => text(each, "type") === "Ready");
  return text(ready, "status") === "True";
}
