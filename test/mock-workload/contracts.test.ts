import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeContext } from "../../scripts/mock-workload/build.ts";
import { mockImages } from "../../scripts/mock-workload/images.ts";
import { chooseContract } from "../../scripts/mock-workload/program/contract.ts";
import type { Contract } from "../../scripts/mock-workload/program/contract.ts";
import { modeOf } from "../../scripts/mock-workload/program/mode.ts";
import { ReplyReader } from "../../scripts/mock-workload/program/resp.ts";
import { gatherInputs, loadFleet } from "../../scripts/workspace.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { fleetContracts } from "./mock.ts";

const containers = [...(await fleetContracts((name) => name === "local")).values()];

function contractOf(workload: string): Contract {
  const found = containers.find(({ contract }) => contract.workload.startsWith(workload))?.contract;
  if (found === undefined) throw new Error(`local has no ${workload}`);
  return found;
}

async function localImages() {
  const fleet = await loadFleet();
  const clusters = fleet.clusters.filter(({ name }) => name === "local");
  const inputs = await gatherInputs(fleet, clusters);
  const [rendered] = clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs).rendered);
  if (rendered === undefined) throw new Error("local does not render");
  return { rendered, images: mockImages(rendered) };
}

describe("the contract of a container", () => {
  test("knows the keys that a whole ConfigMap or Secret brings", () => {
    const { variables } = contractOf("voice-agent-studio");
    expect(variables).toContainEqual({
      name: "NEXTAUTH_SECRET",
      from: "Secret voice-agent-studio-secrets",
      secret: true,
    });
    expect(variables.filter(({ from }) => from === "ConfigMap voice-agent-studio-config")).not.toEqual([]);
  });

  test("takes a value that is put together with a secret for a secret", () => {
    const variable = contractOf("minio-setup").variables.find(({ name }) => name === "MC_HOST_minio");
    expect(variable).toEqual({ name: "MC_HOST_minio", from: "its value", secret: true });
  });

  test("is once for the containers of jobs and before others, always for servers", () => {
    const [api, database, migrations] = ["factory-api", "postgres", "factory-migrations"].map(contractOf);
    expect([api?.runs, database?.runs, migrations?.runs]).toEqual(["always", "always", "once"]);
    // The first of its containers is an init container, which ends.
    expect(contractOf("postgres-backup").runs).toBe("once");
  });

  test("knows the claims of a StatefulSet and the files of a Secret's items", () => {
    expect(contractOf("redis").mounts).toEqual([
      { path: "/data", from: "persistentVolumeClaim data", writable: true, files: [] },
      { path: "/etc/redis", from: "ConfigMap redis-settings", writable: false, files: ["redis.conf"] },
      { path: "/etc/redis-users", from: "Secret redis", writable: false, files: ["users.acl"] },
    ]);
  });
});

describe("the images that mocks are built for", () => {
  test("are those that the local cluster runs from this machine, with all their containers", async () => {
    const { images } = await localImages();
    expect(
      images.map(({ image, contracts }) => `${image}: ${contracts.map((each) => each.workload).join(", ")}`),
    ).toEqual([
      expect.stringMatching(/^attractor-factory\/factory-api:local: factory-migrations-\w+, factory-api$/),
      "attractor-factory/factory-runner-controller:local: factory-runner-controller",
      "attractor-factory/factory-runner:local: factory-runner-template",
      "attractor-factory/factory-web:local: factory-web",
      "content-studio/server:local: content-studio-server, content-studio-worker",
      "content-studio/web:local: content-studio-web",
      expect.stringMatching(/^prompt2mesh-backend:local: db-init-\w+, backend$/),
      "prompt2mesh-blender:local: blender",
      "prompt2mesh-streamlit:local: streamlit",
      "voice-agent-studio:local: voice-agent-studio",
    ]);
  });

  test("cannot stand in where a container replaces what its image starts", async () => {
    const { rendered } = await localImages();
    const replaced: typeof rendered = JSON.parse(
      JSON.stringify(rendered).replaceAll('"args":["migrate"]', '"command":["node","migrate.js"]'),
    );
    expect(() => mockImages(replaced)).toThrow(
      "container factory-migrations replaces what image attractor-factory/factory-api:local starts",
    );
  });

  test("hold a program that finds its contract by the arguments it is started with", async () => {
    const { images } = await localImages();
    const api = images.find(({ image }) => image.endsWith("/factory-api:local"));
    if (api === undefined) throw new Error("local has no factory-api");
    const context = writeContext(api);
    onTestFinished(() => rmSync(context, { recursive: true, force: true }));
    // As the image puts them together.
    execFileSync("cp", [join(context, "contracts.json"), join(context, "program")]);
    const run = (...args: readonly string[]) => {
      const started = [join(context, "program/main.ts"), ...args];
      try {
        return execFileSync(process.execPath, started, { env: {}, encoding: "utf8", stdio: "pipe" });
      } catch (error) {
        return String(error);
      }
    };
    expect(run("migrate")).toContain(
      "variable DATABASE_URL is not set (Secret postgres, key migrationDatabaseUrl)",
    );
    expect(run("destroy")).toContain('nothing in the fleet starts this image with the arguments ["destroy"]');
  });
});

describe("a program that several workloads start alike", () => {
  const base = { container: "c", runs: "always", ports: [], pages: [], variables: [], mounts: [] } as const;
  const alike = ["studio-dev", "studio-staging"].map((workload) => ({
    ...base,
    workload,
    args: ["--mode=server"],
  }));

  test("knows by its host's name which it is", () => {
    const chosen = chooseContract(alike, ["--mode=server"], { HOSTNAME: "studio-staging-7d9f-abcde" });
    expect(chosen.workload).toBe("studio-staging");
    expect(() => chooseContract(alike, ["--mode=server"], { HOSTNAME: "laptop" })).toThrow(
      'host "laptop" is named after none of them',
    );
  });

  test("compares arguments as the kubelet expands them", () => {
    const contract = { ...base, workload: "w", args: ["--port=$(PORT)", "$(UNSET)"] };
    expect(chooseContract([contract], ["--port=80", "$(UNSET)"], { PORT: "80" })).toBe(contract);
  });
});

test("a mode is server or worker", () => {
  expect([modeOf(["--mode=server"]), modeOf(["--mode=worker"]), modeOf([])]).toEqual([
    "server",
    "worker",
    undefined,
  ]);
  expect(() => modeOf(["--mode=both"])).toThrow(
    '--mode is "both": start it with --mode=server or --mode=worker',
  );
});

test("Redis' replies are read however they are cut", () => {
  const bytes = Buffer.from(
    "+OK\r\n*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$5\r\nh\u00e9\r\n\r\n:2\r\n-ERR no\r\n$-1\r\n*0\r\n",
  );
  const expected = ["OK", ["message", "c", "h\u00e9\r\n"], 2, new Error("ERR no"), null, []];
  for (let size = 1; size <= bytes.length; size++) {
    const reader = new ReplyReader();
    const replies = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      reader.read(bytes.subarray(index * size, (index + 1) * size)),
    ).flat();
    expect(replies).toEqual(expected);
  }
  expect(() => new ReplyReader().read(Buffer.from("HTTP/1.1 400\r\n"))).toThrow(
    "does not speak Redis' protocol",
  );
});
