/** Users of Redis; the default one, which needs no name, is off. */
export const redisUsers = {
  /** What our services are: everything but what stops, flushes, rewires or lists a whole server (`@dangerous`). */
  app: "conversation",
  /** Makes the cluster, and copies from node to node. */
  operator: "operator",
  /** Reads figures for Prometheus, and no key. */
  metrics: "metrics",
} as const;

/** Files of the Secret that Redis reads: its users, and as whom it copies from other nodes. */
export const redisFiles = {
  "users.acl": [
    "user default off",
    `user ${redisUsers.app} on >{{ .password }} ~* &* +@all -@dangerous +info`,
    `user ${redisUsers.operator} on >{{ .operatorPassword }} ~* &* +@all`,
    `user ${redisUsers.metrics} on >{{ .metricsPassword }} +ping +info +client|setname +cluster|info +slowlog|len +slowlog|get +latency|latest +latency|histogram`,
    "",
  ].join("\n"),
  "replication.conf": [`masteruser ${redisUsers.operator}`, "masterauth {{.operatorPassword}}", ""].join(
    "\n",
  ),
} as const;
