import { defaultIdleMinutes, userInstanceApi } from "../../synth/model/user-instances.ts";
import { number, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

export const instanceKind = {
  apiVersion: `${userInstanceApi.group}/${userInstanceApi.version}`,
  kind: userInstanceApi.kind,
} as const;

/** A user's instance, as people and programs ask for it. Times are RFC 3339, in UTC. */
export interface UserInstance {
  readonly user: string;
  readonly size: string;
  /** Undefined until kro has made the Ingress. */
  readonly host: string | undefined;
  /** kro's word for how it is, such as `ACTIVE` or `IN_PROGRESS`; `DELETING` once it is being deleted. */
  readonly state: string;
  readonly created: string;
  /** When its user was last seen; undefined until then. */
  readonly lastActivity: string | undefined;
  /** When it may be reaped, unless its user is seen before. */
  readonly idleAt: string;
}

export function readInstance(object: KubernetesObject): UserInstance {
  const { name } = object.metadata;
  const created = text(object, "metadata", "creationTimestamp") ?? "";
  const lastActivity = text(object, "spec", "lastActivity");
  const minutes = number(object, "spec", "idleMinutes") ?? defaultIdleMinutes;
  const since = Math.max(Date.parse(created), lastActivity ? Date.parse(lastActivity) : 0);
  const isDeleting = text(object, "metadata", "deletionTimestamp") !== undefined;
  return {
    user: text(object, "spec", "user") ?? name,
    size: text(object, "spec", "size") ?? "-",
    host: text(object, "status", "host"),
    state: isDeleting ? "DELETING" : (text(object, "status", "state") ?? "NEW"),
    created,
    lastActivity: lastActivity === "" ? undefined : lastActivity,
    idleAt: timestamp(since + minutes * 60_000),
  };
}

/** Whether nobody has used it for as long as it says. `now` is in milliseconds, by the API server's clock. */
export function isIdle(instance: UserInstance, now: number): boolean {
  return instance.state !== "DELETING" && now >= Date.parse(instance.idleAt);
}

/** As the API takes it: to the second. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
