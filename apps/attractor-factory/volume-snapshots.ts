import { config, cronJob, role } from "#synth";
import type { Party, PublicImage, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";

const curlImage: PublicImage =
  "docker.io/curlimages/curl:8.22.0@sha256:58adaa4e8dca9c988bae2aba4ab3434a0bb2da16bbe3f92dec39ec7785166777";

const name = "volume-snapshots";

/** Snapshots of the databases' volumes by the clock, where the cluster can; undefined where it cannot. */
export function volumeSnapshots(
  stage: Stage,
  { capabilities, namespace, parameters }: FactoryContext,
  stores: readonly Party[],
): Party | undefined {
  if (capabilities.volumeSnapshots === undefined) return undefined;
  role(stage, name, {
    serviceAccount: name,
    rules: [
      {
        apiGroups: ["snapshot.storage.k8s.io"],
        resources: ["volumesnapshots"],
        verbs: ["create", "get", "deletecollection"],
      },
    ],
  });
  return cronJob(stage, name, {
    schedule: parameters.backups.schedule,
    user: 100,
    kubernetesApi: true,
    image: curlImage,
    command: ["sh", "/etc/volume-snapshots/snapshot.sh"],
    env: {
      NAMESPACE: namespace,
      CLAIMS: stores.map((store) => `data-${store.name}-0`).join(" "),
      SNAPSHOT_CLASS: capabilities.volumeSnapshots.className,
      RETENTION_DAYS: String(parameters.backups.retentionDays),
    },
    mounts: [
      {
        path: "/etc/volume-snapshots",
        readOnly: true,
        source: { config: config(stage, name, { "snapshot.sh": snapshotScript }) },
      },
    ],
    resources: { cpu: { request: "20m" }, memory: { request: "32Mi", limit: "64Mi" } },
    retries: 2,
    // The first snapshot copies the whole volume; EBS takes its time.
    timeoutSeconds: 4 * 60 * 60,
  });
}

const snapshotScript = `set -eu
credentials=/var/run/secrets/kubernetes.io/serviceaccount
snapshots="https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/apis/snapshot.storage.k8s.io/v1/namespaces/$NAMESPACE/volumesnapshots"
day=$(date -u +%Y%m%d)
time=$(date -u +%H%M%S)

call() {
  # The token changes while this waits, so it is read each time.
  curl --silent --show-error --fail-with-body --cacert "$credentials/ca.crt" \\
    --oauth2-bearer "$(cat "$credentials/token")" "$@"
}

for claim in $CLAIMS; do
  echo "snapshot $claim-$day-$time"
  call --output /dev/null --header 'Content-Type: application/json' --data @- "$snapshots" <<JSON
{
  "apiVersion": "snapshot.storage.k8s.io/v1",
  "kind": "VolumeSnapshot",
  "metadata": {
    "name": "$claim-$day-$time",
    "labels": { "slipway.dev/backup": "volume", "slipway.dev/backup-day": "$day" }
  },
  "spec": {
    "volumeSnapshotClassName": "$SNAPSHOT_CLASS",
    "source": { "persistentVolumeClaimName": "$claim" }
  }
}
JSON
done

# Old ones go only when the new ones are usable; until then this waits, and at the job's deadline fails.
for claim in $CLAIMS; do
  until call "$snapshots/$claim-$day-$time" | grep -Eq '"readyToUse": ?true'; do sleep 30; done
  echo "ready $claim-$day-$time"
done

oldest=$(date -u -d "@$(($(date -u +%s) - RETENTION_DAYS * 86400))" +%Y%m%d)
echo "prune snapshots from before $oldest"
call --output /dev/null --request DELETE \\
  "$snapshots?labelSelector=slipway.dev/backup%3Dvolume,slipway.dev/backup-day%3C$oldest"
`;
