#!/usr/bin/env node
import { lstatSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";

const work = join(import.meta.dirname, "../.slipway");
const cache = join(work, "compile-cache");

// Compiled code is kept between runs: the fleet renders in about the time that loading it takes. Through a link it would
// be written outside the repository.
if ([work, cache].every(isFolderOrNothing)) enableCompileCache(cache);
const { run } = await import("./program.ts");
process.exitCode = await run(process.argv.slice(2));

function isFolderOrNothing(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined || found.isDirectory();
}
