import { connect } from "node:net";
import { once } from "node:events";
import { expect } from "vitest";
import type { ContainerContract } from "../../scripts/mock-workload/contracts.ts";
import { everythingFor, execProbe, mounted, ownAddress, secretValue, startMock } from "./mock.ts";

/** The program does as the container declares, from its start to its end. */
export async function honours({ contract, execProbes }: ContainerContract): Promise<void> {
  const host = ownAddress();
  const root = mounted(contract);
  const values = everythingFor(contract);
  const environment = { ...values, MOCK_HOST: host, MOCK_ROOT: root };
  const mock = startMock(contract, environment);
  if (contract.runs === "once") {
    expect(await mock.ended, mock.output()).toBe(0);
  } else {
    await mock.says(/^(?:listens on|works)/m);
    for (const { number, protocol } of contract.ports) if (protocol === "TCP") await accepts(host, number);
    for (const { port, path } of contract.pages) {
      expect((await fetch(`http://${host}:${port}${path}`)).status, path).toBe(200);
    }
    for (const command of execProbes) expect(await execProbe(command, host, root), command.join(" ")).toBe(0);
    expect(await mock.stop()).toBe(0);
    for (const command of execProbes)
      expect(await execProbe(command, host, root), command.join(" ")).not.toBe(0);
  }
  for (const { name, secret, from } of contract.variables) {
    expect(mock.output()).toContain(
      secret ? `given ${name}, secret (${from})` : `given ${name}="${values[name]}" (${from})`,
    );
  }
  expect(mock.output()).not.toContain(secretValue);
}

async function accepts(host: string, port: number): Promise<void> {
  const socket = connect(port, host);
  await once(socket, "connect");
  socket.destroy();
}
