import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { plainGit } from "../../scripts/forge/plain-git.ts";
import { outcomeLines } from "../../scripts/promotion/print-outcome.ts";
import type { Outcome } from "../../scripts/promotion/propose.ts";
import { build } from "./fleet-source.ts";

const [older, newer] = ["a".repeat(40), "b".repeat(40)];
const branch = "promote/shop/prod/bbbbbbbbbbbb";

function outcome(release: Partial<Outcome["releases"][number]>, published: Outcome["published"]): Outcome {
  const releases = [
    {
      slice: "shop-prod",
      revision: newer,
      ran: older,
      clusters: ["prod"],
      images: {},
      ranImages: {},
      ...release,
    },
  ];
  return {
    kind: "promote",
    title: "Promote shop to prod",
    branch,
    releases,
    files: ["a"],
    notes: [],
    body: "",
    published,
  };
}

const linesOf = (told: Outcome): readonly string[] => outcomeLines(told, false).map(stripVTControlCharacters);

test("a release is told with the images that change, and with no others", () => {
  const images = { web: build(2), worker: build(1), cache: "7" };
  const ranImages = { web: build(1), worker: build(1) };
  expect(linesOf(outcome({ images, ranImages }, null)).slice(1, 4)).toEqual([
    "  shop-prod  aaaaaaaaaaaa → bbbbbbbbbbbb  on prod",
    "    web  000000000000 → 000000000000",
    "    cache  7",
  ]);
});

test("one of other images at the same revision does not read like a move", () => {
  expect(linesOf(outcome({ ran: newer }, null))[1]).toBe("  shop-prod  stays at bbbbbbbbbbbb  on prod");
  expect(linesOf(outcome({ ran: null }, null))[1]).toBe("  shop-prod  first release → bbbbbbbbbbbb  on prod");
});

test("where there is no forge, nothing is said to be opened", async () => {
  const request = { branch, base: "main", title: "t", body: "b" };
  const pullRequest = await plainGit("https://user:secret@git.example.com/fleet.git").open(request);
  const lines = linesOf(outcome({}, { branch, commit: newer, pushed: "pushed", pullRequest }));
  expect(lines.at(-1)).toBe(
    `merge it to release it, since no forge is known there: https://git.example.com/fleet.git ${branch}`,
  );
});
