import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitionTables } from "./definitions.ts";
import { kubernetesTables } from "./kubernetes.ts";
import { moduleFiles } from "./module-files.ts";
import { sources } from "./sources.ts";
import type { Source } from "./sources.ts";
import { tablesText } from "./tables.ts";
import type { Tables } from "./tables.ts";

const folder = join(import.meta.dirname, "../../synth/schemas/data");

/** `npm run schemas [name …]`: writes synth/schemas/data from the pinned sources. For maintainers: needs Go. */
function main(names: readonly string[]): void {
  const unknown = names.find((name) => !sources.some((source) => source.name === name));
  if (unknown !== undefined)
    throw new Error(`no source ${unknown}: ${sources.map(({ name }) => name).join(", ")}`);
  mkdirSync(folder, { recursive: true });
  for (const source of sources) {
    if (names.length > 0 && !names.includes(source.name)) continue;
    const text = generate(source);
    writeFileSync(join(folder, `${source.name}.json`), text);
    console.log(`${source.name}.json: ${Math.ceil(text.length / 1024)} KiB`);
  }
}

function generate(source: Source): string {
  const { module, version, files } = source;
  const command = `npm run schemas ${source.name}`;
  return tablesText({ module, version, files, command }, tablesOf(source));
}

function tablesOf(source: Source): Tables {
  const files = moduleFiles(source.module, source.version, source.files);
  return source.type === "kubernetes"
    ? kubernetesTables(files)
    : definitionTables(source.name, files, source.kinds);
}

main(process.argv.slice(2));
