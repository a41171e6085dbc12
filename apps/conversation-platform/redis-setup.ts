import { config, job } from "#synth";
import type { Party, SecretRef, Stage } from "#synth";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";
import { redisImage, redisNodes } from "./redis.ts";
import { redisUsers } from "./redis-users.ts";

const name = "redis-setup";

/** Makes one cluster of the nodes, and spreads the keys again when there are more of them. Runs once for each change. */
export function redisSetup(stage: Stage, context: ConversationContext, secret: SecretRef): Party {
  return job(stage, name, {
    image: redisImage,
    ...nodesFor(context, "database"),
    user: 999,
    command: ["sh", "/etc/redis-setup/setup.sh"],
    env: {
      NODES: redisNodes(context).join(" "),
      SHARDS: String(context.parameters.redis.shards),
      REDIS_USER: redisUsers.operator,
      REDISCLI_AUTH: { secret, key: "operatorPassword" },
    },
    mounts: [
      {
        path: "/etc/redis-setup",
        readOnly: true,
        source: { config: config(stage, name, { "setup.sh": setupScript }) },
      },
      { path: "/tmp", source: { scratch: "tmp", size: "64Mi" } },
    ],
    resources: { cpu: { request: "50m" }, memory: { request: "64Mi", limit: "128Mi" } },
    // Moving keys to new nodes takes its time.
    timeoutSeconds: 3600,
  });
}

/**
 * Each step looks first whether it is done, so that a killed job goes on where it stopped. Which nodes have keys is
 * asked, never reckoned from their numbers: a copy that took over keeps them.
 */
export const setupScript = `set -eu
cli() { node=$1; shift; redis-cli --no-auth-warning --user "$REDIS_USER" -h "$node" "$@"; }
# The fields of a node's line about itself: 1 id, 2 address, 3 flags, from 9 on its slots.
myself() { cli "$1" cluster nodes | awk '$3 ~ /myself/'; }
id() { myself "$1" | awk '{ print $1 }'; }
address() { myself "$1" | awk '{ split($2, part, ":"); print part[1] }'; }
has_slots() { myself "$1" | awk '{ exit NF < 9 }'; }
is_copy() { myself "$1" | awk '{ exit $3 !~ /slave/ }'; }
known() { cli "$1" cluster nodes | awk '$3 !~ /handshake|noaddr/' | wc -l; }

total=$(echo "$NODES" | wc -w)
first=\${NODES%% *}
for node in $NODES; do until [ "$(cli "$node" ping)" = PONG ]; do sleep 1; done; done

if [ "$(known "$first")" -gt "$total" ]; then
  echo "the cluster has more nodes than $total: take nodes away as the runbook says" >&2
  exit 1
fi

for node in $NODES; do
  [ "$node" = "$first" ] || cli "$first" cluster meet "$(address "$node")" 6379
done
for node in $NODES; do until [ "$(known "$node")" -eq "$total" ]; do sleep 1; done; done

# Without slots anywhere, or left half way: each of the first nodes its equal part.
assigned() { cli "$first" cluster info | tr -d '\\r' | awk -F: '/^cluster_slots_assigned/ { print $2 }'; }
if [ "$(assigned)" -lt 16384 ]; then
  index=0
  for node in $NODES; do
    [ "$index" -lt "$SHARDS" ] || break
    has_slots "$node" || cli "$node" cluster addslotsrange $((16384 * index / SHARDS)) $((16384 * (index + 1) / SHARDS - 1))
    index=$((index + 1))
  done
fi
until [ "$(assigned)" -eq 16384 ]; do sleep 1; done

# New nodes: as many with keys as shards are missing, the others copies of whom has fewest.
shards=0
for node in $NODES; do if has_slots "$node"; then shards=$((shards + 1)); fi; done
grown=
for node in $NODES; do
  if has_slots "$node" || is_copy "$node"; then continue; fi
  if [ "$shards" -lt "$SHARDS" ]; then shards=$((shards + 1)); grown="$grown $node"; continue; fi
  # Copies name their master in field 4. A new node with keys to come is a master, too.
  master=$(cli "$first" cluster nodes | awk -v self="$(id "$node")" -v grown=" $(for g in $grown; do id "$g"; done | tr '\\n' ' ')" '
    $3 ~ /slave/ { copies[$4]++; next }
    $1 != self && (NF >= 9 || index(grown, " " $1 " ")) { masters[$1] }
    END { for (m in masters) if (best == "" || copies[m] < copies[best] || (copies[m] == copies[best] && m < best)) best = m; print best }')
  until [ "$(cli "$node" cluster replicate "$master")" = OK ]; do sleep 1; done
  until cli "$first" cluster nodes | awk -v id="$(id "$node")" '$1 == id && $3 ~ /slave/ { found = 1 } END { exit !found }'; do sleep 1; done
done

until cli "$first" cluster info | grep -q '^cluster_state:ok'; do sleep 1; done
if [ "$SHARDS" -gt 1 ]; then
  cluster() { task=$1; shift; redis-cli --no-auth-warning --user "$REDIS_USER" --cluster "$task" "$(address "$first"):6379" "$@"; }
  # A slot that a killed job left between two nodes is moved on first.
  cluster check >/dev/null || cluster fix
  cluster rebalance --cluster-use-empty-masters
fi
echo "$SHARDS shards on $total nodes"
`;
