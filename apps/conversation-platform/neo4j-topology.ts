import { config, job } from "#synth";
import type { Party, SecretRef, Stage } from "#synth";
import { neo4jAddress, neo4jImages } from "./neo4j.ts";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";

const name = "neo4j-topology";

/**
 * Tells the graph how many copies answer reads, once all of them have joined: a server that starts holds nothing until
 * somebody says so. Undefined where there are none.
 */
export function neo4jTopology(
  stage: Stage,
  context: ConversationContext,
  password: SecretRef,
): Party | undefined {
  const { neo4j } = context.parameters;
  if (neo4j.edition === "community") return undefined;
  return job(stage, name, {
    image: neo4jImages.enterprise,
    ...nodesFor(context, "database"),
    user: 7474,
    command: ["sh", "/etc/neo4j-topology/topology.sh"],
    env: {
      NEO4J_USERNAME: "neo4j",
      NEO4J_PASSWORD: { secret: password, key: "password" },
      ADDRESS: neo4jAddress,
      READ_REPLICAS: String(neo4j.readReplicas),
    },
    mounts: [
      {
        path: "/etc/neo4j-topology",
        readOnly: true,
        source: { config: config(stage, name, { "topology.sh": topologyScript }) },
      },
      { path: "/tmp", source: { scratch: "tmp", size: "64Mi" } },
    ],
    resources: { cpu: { request: "100m" }, memory: { request: "256Mi", limit: "512Mi" } },
    // Half an hour for copies to join, as their startup probe has.
    timeoutSeconds: 1800,
  });
}

/** Only ever more: taking copies away needs their databases moved off first, which is a person's step. */
const topologyScript = `set -eu
ask() { cypher-shell --address "$ADDRESS" --database system --format plain "$1" | tail -n 1; }

until joined=$(ask "SHOW SERVERS YIELD health, modeConstraint WHERE health = 'Available' AND modeConstraint = 'SECONDARY' RETURN count(*)") \\
  && [ "$joined" -ge "$READ_REPLICAS" ]; do
  echo "$joined of $READ_REPLICAS read replicas have joined"
  sleep 5
done
ask "ALTER DATABASE neo4j SET TOPOLOGY 1 PRIMARY $READ_REPLICAS SECONDARIES WAIT"
`;
