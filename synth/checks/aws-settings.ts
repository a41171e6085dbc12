import { hostsOf, isInZone, zoneNameOf } from "../aws/hosts.ts";
import { remoteSecrets } from "../aws/remote-secrets.ts";
import { bucketName } from "../model/aws.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import type { EksCluster } from "../model/cluster.ts";
import type { Problem } from "../model/problem.ts";
import { clusterProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { block } from "./cidr.ts";
import { indexOf } from "./index-objects.ts";

/** What S3 takes for the name of a bucket; dots would break TLS. */
const bucketPattern = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** What a cluster tells its stacks fits what runs on it, and what AWS takes. */
export const awsSettings: Check = {
  id: "aws-settings",
  *run(input) {
    const { eks } = input;
    if (eks === undefined) return;
    yield* hostsOutsideZone(input, eks);
    yield* rotationOfNothing(input, eks);
    yield* bucketFaults(input, eks);
    yield* accessFaults(input, eks);
  },
};

function* hostsOutsideZone(input: RenderedCluster, eks: EksCluster): Iterable<Problem> {
  const zone = zoneNameOf({ cluster: input.cluster, settings: eks.aws });
  if (zone === undefined) return;
  for (const host of hostsOf(input)) {
    if (isInZone(host.replace(/^\*\./, ""), zone)) continue;
    yield clusterProblem(
      awsSettings.id,
      input,
      `host ${host} is not in its zone ${zone}, so it gets no certificate and no record`,
      `choose a host below ${zone}, or name the zone that it is in`,
    );
  }
}

function* rotationOfNothing(input: RenderedCluster, eks: EksCluster): Iterable<Problem> {
  const objects = input.objects.map(({ object }) => object);
  const entries = remoteSecrets(objects, objects).map(({ name }) => name.slice(eks.name.length + 1));
  for (const [entry, { everyDays }] of Object.entries(eks.aws.rotation ?? {})) {
    if (!entries.includes(entry)) {
      yield clusterProblem(
        awsSettings.id,
        input,
        `aws.rotation changes ${entry}, which nothing reads`,
        didYouMean(entry, entries, "remove it"),
      );
    }
    if (!Number.isInteger(everyDays) || everyDays < 1 || everyDays > 1000) {
      yield clusterProblem(
        awsSettings.id,
        input,
        `aws.rotation changes ${entry} every ${everyDays} days`,
        "write whole days from 1 to 1000, which is what Secrets Manager takes",
      );
    }
  }
}

function* bucketFaults(input: RenderedCluster, eks: EksCluster): Iterable<Problem> {
  const names = (eks.aws.buckets ?? []).map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    const whole = bucketName(eks, name);
    if (!bucketPattern.test(whole)) {
      yield clusterProblem(
        awsSettings.id,
        input,
        `bucket ${name} would be called ${whole}, which S3 does not take`,
        "use lower-case letters, digits and dashes, 63 characters in all",
      );
    }
    if (names.indexOf(name) !== index) {
      yield clusterProblem(awsSettings.id, input, `there are two buckets named ${name}`, "keep one");
    }
  }
}

/** EKS takes any namespace and says nothing; one that is not there gives its principal nothing. */
function* accessFaults(input: RenderedCluster, eks: EksCluster): Iterable<Problem> {
  const { namespaces } = indexOf(input);
  const { access = [] } = eks.aws;
  const principals = access.map(({ principal }) => principal);
  for (const [index, { principal, namespaces: wanted = [] }] of access.entries()) {
    if (principals.indexOf(principal) !== index) {
      yield clusterProblem(
        awsSettings.id,
        input,
        `aws.access has two entries for ${principal}, and EKS takes one`,
        "keep one",
      );
    }
    for (const name of wanted.filter((each) => !namespaces.has(each))) {
      yield clusterProblem(
        awsSettings.id,
        input,
        `aws.access lets ${principal} into namespace ${name}, which nobody declares`,
        didYouMean(name, [...namespaces], "remove it"),
      );
    }
  }
  for (const source of (eks.aws.apiServerFrom ?? []).filter((each) => block(each) === undefined)) {
    yield clusterProblem(
      awsSettings.id,
      input,
      `aws.apiServerFrom names ${source}, which is no block of addresses`,
      "write a block by its first address, such as 203.0.113.0/24",
    );
  }
}
