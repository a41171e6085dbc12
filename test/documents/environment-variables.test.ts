import { expect, test } from "vitest";
import { renderEnvironmentDocument } from "../../scripts/environment-variables/render.ts";
import { documentAt } from "./documents.ts";

test("docs/environment-variables.md is what the fleet renders; npm run environment-variables writes it", async () => {
  expect(documentAt("docs/environment-variables.md")).toBe(await renderEnvironmentDocument());
});

test("it holds no value of a secret, and says of each that it is one", () => {
  const rows = [
    ...documentAt("docs/environment-variables.md").matchAll(/^\| `(\w+)` \| (.*) \| (yes|no) \|$/gm),
  ];
  expect(rows.length).toBeGreaterThan(40);
  for (const [row, , source = "", secret] of rows) {
    if (source.startsWith("Secret ")) expect(secret, row).toBe("yes");
    if (/PASSWORD|SECRET(?!S)|TOKEN/.test(row.split("`")[1] ?? "")) expect(source, row).not.toMatch(/^`/);
  }
});
