import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { conversationProd } from "../../clusters/conversation-prod.ts";
import { fleet } from "../../clusters/fleet.ts";
import { local } from "../../clusters/local.ts";
import { configurationText, configure } from "../../scripts/kind/configure.ts";
import { kindVersion, nodeImages } from "../../scripts/kind/node-image.ts";
import { hostsFile } from "../../scripts/kind/registry-mirror.ts";
import { repository } from "../commands/slipway.ts";

const ports = { http: 80, https: 443 };

describe("kind's configuration", () => {
  test("of the local cluster is one node, with the control plane, the machine's ports and its group's labels", () => {
    expect(configure(local, { name: "slipway-local", ports }).nodes).toEqual([
      {
        role: "control-plane",
        image: nodeImages["1.35"],
        extraPortMappings: [
          { containerPort: 80, hostPort: 80, listenAddress: "127.0.0.1", protocol: "TCP" },
          { containerPort: 443, hostPort: 443, listenAddress: "127.0.0.1", protocol: "TCP" },
        ],
        labels: {
          "slipway.dev/node-group": "local",
          "node.kubernetes.io/instance-type": "local",
          "topology.kubernetes.io/region": "local",
          "topology.kubernetes.io/zone": "local-a",
        },
      },
    ]);
  });

  test.each(fleet.clusters)("of $name has a node for each of its groups' machines", (cluster) => {
    for (const nodes of ["min", "max"] as const) {
      const configuration = configure(cluster, { name: "c", ports, nodes });
      const grouped = Map.groupBy(
        configuration.nodes.filter(({ labels }) => labels !== undefined),
        ({ labels }) => labels?.["slipway.dev/node-group"],
      );
      const expected = cluster.nodeGroups.filter((group) => group[nodes] > 0);
      expect(Object.fromEntries([...grouped].map(([name, { length }]) => [name, length]))).toEqual(
        Object.fromEntries(expected.map((group) => [group.name, group[nodes]])),
      );
      expect(configuration.nodes.filter(({ role }) => role === "control-plane")).toHaveLength(1);
    }
  });

  test("taints a group's nodes through kubeadm, and spreads them over its zones", () => {
    const group = {
      name: "dedicated",
      instanceTypes: ["c5.xlarge"],
      min: 3,
      max: 3,
      capacity: "on-demand",
      zones: ["us-west-2a", "us-west-2b"],
      taints: [{ key: "dedicated", value: "voice", effect: "NoSchedule" }],
    } as const;
    const { nodes } = configure({ ...conversationProd, nodeGroups: [group] }, { name: "c", ports });
    const workers = nodes.filter(({ role }) => role === "worker");
    expect(workers.map(({ labels }) => labels?.["topology.kubernetes.io/zone"])).toEqual([
      "us-west-2a",
      "us-west-2b",
      "us-west-2a",
    ]);
    expect(
      workers.map(({ kubeadmConfigPatches }) => kubeadmConfigPatches?.map((patch) => load(patch))),
    ).toEqual(
      Array.from({ length: 3 }, () => [
        { kind: "JoinConfiguration", nodeRegistration: { taints: group.taints } },
      ]),
    );
  });

  test("never puts workloads beside the control plane where their node is tainted", () => {
    const [group] = local.nodeGroups;
    const tainted = { ...group, taints: [{ key: "only", value: "this", effect: "NoExecute" }] } as const;
    const { nodes } = configure({ ...local, nodeGroups: [tainted] }, { name: "c", ports });
    expect(nodes.map(({ role, labels }) => [role, labels === undefined])).toEqual([
      ["control-plane", true],
      ["worker", false],
    ]);
  });

  test("lets every node pull through a mirror, where one is named", () => {
    const configuration = configure(conversationProd, { name: "c", ports, registryHosts: "/hosts" });
    expect(configuration.containerdConfigPatches?.join("")).toContain(
      'config_path = "/etc/containerd/certs.d"',
    );
    for (const { extraMounts } of configuration.nodes) {
      expect(extraMounts).toEqual([
        { hostPath: "/hosts", containerPath: "/etc/containerd/certs.d", readOnly: true },
      ]);
    }
    expect(hostsFile("https://mirror.example.com")).toBe(
      '[host."https://mirror.example.com/"]\n  capabilities = ["pull", "resolve"]\n',
    );
    expect(() => hostsFile("mirror.example.com")).toThrow("Invalid URL");
  });

  test("is YAML that says the same", () => {
    const configuration = configure(conversationProd, { name: "c", ports, registryHosts: "/hosts" });
    expect(load(configurationText(configuration))).toEqual(configuration);
  });

  test("names images of the kind that is pinned", () => {
    const pinned = readFileSync(join(repository, "scripts/tools/kind/go.mod"), "utf8");
    expect(pinned).toContain(`sigs.k8s.io/kind ${kindVersion}`);
  });
});
