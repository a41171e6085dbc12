/** The only user; the default one, which needs no name, is off. */
export const redisUser = "factory";

/**
 * Redis' users, as a file of its Secret. Without the commands that stop, flush, rewire or list the whole
 * server (`@dangerous`); INFO is among them and harmless, and queue libraries ask it for the version.
 */
export const usersFile = {
  name: "users.acl",
  template: [
    "user default off",
    `user ${redisUser} on >{{ .password }} ~* &* +@all -@dangerous +info`,
    "",
  ].join("\n"),
} as const;
