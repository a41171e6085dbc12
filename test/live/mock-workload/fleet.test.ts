import { describe, test } from "vitest";
import { honours } from "../../mock-workload/honours.ts";
import { fleetContracts } from "../../mock-workload/mock.ts";

const containers = await fleetContracts((name) => name !== "local");

describe("a mock of a container of the fleet", () => {
  test.each([...containers])("honours what %s declares", async (_name, container) => {
    await honours(container);
  });
});
