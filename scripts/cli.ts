#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiled code is kept between runs: the fleet renders in about the time that loading it takes.
enableCompileCache(join(import.meta.dirname, "../.slipway/compile-cache"));
const { run } = await import("./program.ts");
process.exitCode = await run(process.argv.slice(2));
