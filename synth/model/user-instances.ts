/** The API of users' instances, which kro serves: what the platform defines and apps ask for. */
export const userInstanceApi = {
  group: "instances.slipway.dev",
  version: "v1alpha1",
  kind: "UserInstance",
  plural: "userinstances",
} as const;

/** What is set aside for an instance, by name. */
export const instanceSizeNames = ["small", "medium", "large"] as const;

/** Minutes after which an instance is idle that does not say so itself. */
export const defaultIdleMinutes = 30;

/** What the namespaces end in that users' instances are in, after the name of their app's; kro writes to no others. */
export const instancesSuffix = "-instances";

/** Settings of such a namespace, by which its app says what an instance is made of: the data of a ConfigMap. */
export interface InstanceSettings {
  /** What hosts begin with, before the user's id, such as `user-`. */
  readonly hostPrefix: string;
  /** What hosts end in, after a dot. */
  readonly domain: string;
  /** Name of the load balancers, without their number. */
  readonly loadBalancer: string;
  /** How many of them there may be; see {@link ShardCount}. */
  readonly shards: `${ShardCount}`;
  readonly blenderImage: string;
  readonly agentImage: string;
  /** Namespace of what users share. */
  readonly sharedNamespace: string;
}

/** Name of that ConfigMap; those of instances begin with `user-`. */
export const instanceSettings = "instance-settings";

/** Numbers of load balancers that users can be spread over evenly: what 64, the values of six bits, can be divided by. */
export type ShardCount = 1 | 2 | 4 | 8 | 16 | 32 | 64;

/**
 * Users on one load balancer on average. An ALB takes 100 rules and 100 target groups (AWS's default quotas), and an instance
 * needs one of each. A hash spreads users unevenly: with 60 on average, more than a hundred on one is less likely than one in
 * a million.
 */
export const usersPerLoadBalancer = 60;
