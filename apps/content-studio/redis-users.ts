/** The only user; the default one, which needs no name, is off. */
export const redisUser = "studio";

/**
 * Redis' users, as a file of its Secret. It carries events and holds nothing: no key is opened, and of the commands
 * only those that sign in, publish and subscribe; clients ask for INFO to know that it is ready.
 */
export const usersFile = {
  name: "users.acl",
  template: [
    "user default off",
    `user ${redisUser} on >{{ .password }} resetkeys resetchannels &content-studio:* -@all +@connection +@pubsub -@dangerous +info`,
    "",
  ].join("\n"),
} as const;
