import { describe, expect, test } from "vitest";
import { given } from "../../scripts/mock-workload/program/given.ts";
import { honours } from "./honours.ts";
import { everythingFor, fleetContracts, mounted, ownAddress, startMock } from "./mock.ts";

const containers = await fleetContracts((name) => name === "local");
const everywhere = await fleetContracts(() => true);

function find(name: string) {
  const found = [...containers].find(([key]) => key.includes(name))?.[1];
  if (found === undefined) throw new Error(`local has no ${name}`);
  return found;
}

describe("a mock of a container on the local cluster", () => {
  test.each([...containers])("honours what %s declares", async (_name, container) => {
    await honours(container);
  });
});

describe("a mock of any container of the fleet", () => {
  test.each([...everywhere])("misses each thing that %s is promised", (_name, { contract }) => {
    const environment = everythingFor(contract);
    const root = mounted(contract);
    expect(given(contract, environment, root).missing).toEqual([]);
    for (const { name, from, secret } of contract.variables) {
      const { [name]: _left, ...others } = environment;
      expect(given(contract, others, root).missing).toEqual([`variable ${name} is not set (${from})`]);
      const emptied = given(contract, { ...environment, [name]: "" }, root).missing;
      expect(emptied).toEqual(secret ? [`secret ${name} is empty (${from})`] : []);
    }
    for (const mount of contract.mounts.filter(({ files }) => files.length > 0)) {
      const bare = mounted({
        mounts: contract.mounts.map((each) => (each === mount ? { ...each, files: [] } : each)),
      });
      expect(given(contract, environment, bare).missing).toEqual([
        `${mount.path} lacks ${mount.files.join(", ")} (${mount.from})`,
      ]);
    }
  });
});

describe("a mock", () => {
  test("fails before it opens a port, with each thing that is missing on a line", async () => {
    const { contract } = find("factory-api factory-api");
    const { DATABASE_URL: _url, PORT: _port, ...others } = everythingFor(contract);
    const mock = startMock(contract, {
      ...others,
      MOCK_HOST: ownAddress(),
      MOCK_ROOT: mounted({ mounts: [] }),
    });
    expect(await mock.ended).toBe(1);
    expect(mock.output()).toContain(
      "fails: variable DATABASE_URL is not set (Secret postgres, key databaseUrl)\n",
    );
    expect(mock.output()).toContain("fails: nothing is mounted at /tmp (emptyDir tmp)\n");
    expect(mock.output()).not.toContain("listens on");
  });

  test("has no page but those that its probes ask for, and says who it is", async () => {
    const { contract } = find("factory-api factory-api");
    const host = ownAddress();
    const mock = startMock(contract, {
      ...everythingFor(contract),
      MOCK_HOST: host,
      MOCK_ROOT: mounted(contract),
    });
    await mock.says(/^listens on 8080 http, 8081 metrics$/m);
    expect((await fetch(`http://${host}:8081/readyz`)).status).toBe(404);
    const other = await fetch(`http://${host}:8080/orders`);
    expect([other.status, await other.text()]).toEqual([
      404,
      "a mock of factory-api answers, and has no /orders\n",
    ]);
    expect((await fetch(`http://${host}:8080/`)).status).toBe(200);
  });

  test("fails where its port is taken", async () => {
    const { contract } = find("factory-web");
    const environment = { ...everythingFor(contract), MOCK_HOST: ownAddress(), MOCK_ROOT: mounted(contract) };
    await startMock(contract, environment).says(/^listens on/m);
    const second = startMock(contract, environment);
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/^fails: listen EADDRINUSE.*:3000$/m);
  });
});
