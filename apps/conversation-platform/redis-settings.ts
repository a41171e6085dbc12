import { ports } from "./ports.ts";

/** Three quarters of the memory hold data; the rest is for copies while a file is rewritten. */
export function redisConfig(memoryMiB: number): string {
  return `dir /data
port ${ports.redis}
aclfile /etc/redis-secret/users.acl
include /etc/redis-secret/replication.conf

cluster-enabled yes
cluster-config-file nodes.conf
cluster-node-timeout 5000

# Every write is on disk within a second; a snapshot every six hours beside it, for backups.
appendonly yes
appendfsync everysec
save 21600 1

# Full means that writes fail, loudly: to evict would be to lose queued work in silence.
maxmemory ${(memoryMiB / 4) * 3}mb
maxmemory-policy noeviction

tcp-keepalive 60
`;
}

/**
 * Peers are remembered by address, and addresses change with pods. Each node looks up, as it starts, those whose names
 * resolve; they learn its own address from its first message. So a cluster finds itself again when all of it restarted.
 */
export const startScript = `set -eu
known=/data/nodes.conf
if [ -f "$known" ]; then
  for name in $NODES; do
    address=$(getent hosts "$name" | awk '{ print $1; exit }') || true
    if [ -n "$address" ]; then sed -i "s/ [0-9.]*\\(:[0-9]*@[0-9]*\\),$name\\([, ]\\)/ $address\\1,$name\\2/" "$known"; fi
  done
fi
exec redis-server /etc/redis/redis.conf --cluster-announce-ip "$POD_IP" --cluster-announce-hostname "$ANNOUNCE_HOSTNAME"
`;
