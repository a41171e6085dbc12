/** The alphabet of base64, in the order of its values. */
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** An expression of the number of a user's load balancer: the first six bits of SHA-256 of the id. */
export function shardExpression(user: string, shards: string): string {
  return `string("${base64}".indexOf(base64.encode(hash.sha256(${user})).substring(0, 1)) % int(${shards}))`;
}
