import { describe, expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { readInputs } from "../../scripts/read-inputs.ts";
import { madeByStacks } from "../../scripts/stand-ins/secrets/made-by-stacks.ts";
import { remoteSecrets } from "../../synth/aws/remote-secrets.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

const inputs = readInputs();
const onEks = fleet.clusters.filter(({ provider }) => provider === "eks");

describe.each(onEks.map((cluster) => [cluster.name, cluster] as const))(
  "AWS as %s has it",
  (name, cluster) => {
    const { rendered } = synthesizeCluster(fleet, cluster, inputs);
    const objects = rendered?.objects.map(({ object }) => object) ?? [];
    const read = remoteSecrets(objects, objects);

    test("holds every entry that its ExternalSecrets read, by the template in dist", () => {
      expect(read.length).toBeGreaterThan(0);
      expect(madeByStacks(inputs.dist ?? new Map(), name, read)).toEqual(read);
    });

    test("holds none that no template makes", () => {
      const dist = new Map(inputs.dist);
      const [first = { name: "", keys: [] }] = read;
      const path = `${name}/aws/secrets.yaml`;
      dist.set(path, (dist.get(path) ?? "").replace(`Name: ${first.name}\n`, "Name: another\n"));
      expect(madeByStacks(dist, name, read)).toEqual(read.slice(1));
      dist.delete(path);
      expect(madeByStacks(dist, name, read)).toEqual([]);
    });
  },
);
