import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MemoryMeter } from "../../../scripts/verify/memory.ts";
import { startKro } from "../../../scripts/control-plane/kro.ts";
import { listInstances, reapInstances } from "../../../scripts/instances/operations.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { eventually, skipReason } from "../control-plane/plane.ts";
import { instanceKind, namespace, startSetting } from "./setting.ts";
import type { Setting } from "./setting.ts";
import { childKinds, instance } from "./users.ts";

/** As many as a system of some size has at once. Continuous integration takes fewer: 1,000 need minutes. */
const wanted = Number(process.env["SLIPWAY_INSTANCES"] ?? 1000);
/** Every second one is idle after five minutes, the others after a day. */
const idleMinutes = (number: number) => (number % 2 === 0 ? 5 : 1440);
const names = Array.from({ length: wanted }, (_, number) => `guest-${number}`);
const seconds = Math.max(300, wanted * 2);

let setting: Setting;
let meter: MemoryMeter;

const place = () => ({ client: setting.plane.client, namespace });

/** Of the instances that there are, how many are Ready. */
async function ready(): Promise<number> {
  const all = await setting.plane.client.list({ ...instanceKind, namespace });
  return all.filter((each) =>
    list(each, "status", "conditions").some(
      (condition) => text(condition, "type") === "Ready" && text(condition, "status") === "True",
    ),
  ).length;
}

async function children(): Promise<number> {
  const labelSelector = "app.kubernetes.io/part-of=user-instances";
  const lists = await Promise.all(
    childKinds.map((kind) => setting.plane.client.list({ ...kind, namespace, labelSelector })),
  );
  return lists.flat().length;
}

/** Requests that the API server has answered so far, watches apart. */
async function requests(): Promise<number> {
  const page = await setting.plane.client.raw("/metrics");
  return [...page.matchAll(/^apiserver_request_total\{(.*)\} (\S+)$/gm)]
    .filter(([, labels = ""]) => !labels.includes('verb="WATCH"'))
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** Does it for all, twenty at a time. */
async function each(items: readonly string[], work: (item: string, index: number) => Promise<unknown>) {
  const waiting = items.entries();
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (const [index, item] of waiting) await work(item, index);
    }),
  );
}

describe.skipIf(skipReason("kro", "helm") !== undefined)(
  `${wanted} instances`,
  { timeout: 4 * seconds * 1000 },
  () => {
    beforeAll(async () => {
      setting = await startSetting();
      const { client } = setting.plane;
      meter = new MemoryMeter(() => [setting.kro.program.pid]);
      // As an environment of this size would have it.
      const quotas = await client.list({ apiVersion: "v1", kind: "ResourceQuota", namespace });
      for (const { metadata } of quotas)
        await client.delete({ apiVersion: "v1", kind: "ResourceQuota", namespace, name: metadata.name });
      // A small one sets aside 0.35 of four processors: eleven have room on a node.
      await setting.plane.scaleNodeGroup("instances", Math.ceil(wanted / 9) + 1);
    });
    afterAll(async () => {
      meter?.stop();
      await setting?.stop();
    });

    test("all become Ready, also those that were half made when the controller was killed", async () => {
      const [began, before] = [Date.now(), await requests()];
      await each(names, (user, index) =>
        setting.plane.client.create({
          ...instanceKind,
          ...instance(user, { size: "small", idleMinutes: idleMinutes(index) }),
        }),
      );
      const created = Date.now();
      await eventually(async () => ((await ready()) > wanted / 3 ? true : undefined), told, seconds);
      process.kill(setting.kro.program.pid, "SIGKILL");
      const kro = await startKro(setting.plane, setting.kroOptions);
      meter.stop();
      meter = new MemoryMeter(() => [kro.program.pid]);
      await eventually(async () => ((await ready()) === wanted ? true : undefined), told, seconds);
      const took = (Date.now() - began) / 1000;
      expect(await children()).toBe(wanted * 10);
      console.log(
        `${wanted} instances: created in ${((created - began) / 1000).toFixed(0)} s, Ready in ${took.toFixed(0)} s (${((took * 1000) / wanted).toFixed(0)} ms each), ${wanted * 10} objects, ${((await requests()) - before) / wanted} API requests each, kro at most ${(meter.peak / 2 ** 20).toFixed(0)} MiB`,
      );
    });

    test("the idle half is reaped, and no other", async () => {
      expect(await listInstances(place())).toHaveLength(wanted);
      const later = Date.now() + 10 * 60_000;
      const reaped = await reapInstances(place(), false, later);
      const spared = reaped.filter(({ outcome }) => outcome !== "reaped");
      // What kro was just writing to is spared, and idle at the next look.
      expect(spared.length).toBeLessThan(wanted / 2);
      await eventually(
        async () => {
          await reapInstances(place(), false, later);
          return (await listInstances(place())).length === Math.floor(wanted / 2) ? true : undefined;
        },
        told,
        seconds,
      );
      const left = new Set((await listInstances(place())).map(({ user }) => user));
      expect(names.filter((_, index) => idleMinutes(index) === 1440).every((user) => left.has(user))).toBe(
        true,
      );
      await eventually(
        async () => ((await children()) === left.size * 10 ? true : undefined),
        async () => `${await children()} objects of ${left.size} instances`,
        seconds,
      );
    });

    test("all are deleted, and nothing of them is left", async () => {
      const began = Date.now();
      await each(names, (user) => setting.plane.client.delete({ ...instanceKind, namespace, name: user }));
      await eventually(
        async () =>
          (await listInstances(place())).length === 0 && (await children()) === 0 ? true : undefined,
        async () => `${(await listInstances(place())).length} instances and ${await children()} objects`,
        seconds,
      );
      console.log(
        `${Math.floor(wanted / 2)} instances deleted in ${((Date.now() - began) / 1000).toFixed(0)} s`,
      );
    });
  },
);

async function told(): Promise<string> {
  return `${await ready()} of ${(await listInstances(place())).length} are Ready\n${setting.kro.program.logTail(5).join("\n")}`;
}
