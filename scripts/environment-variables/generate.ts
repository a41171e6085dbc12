import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root.ts";
import { renderEnvironmentDocument } from "./render.ts";

const path = "docs/environment-variables.md";
writeFileSync(join(root, path), await renderEnvironmentDocument());
console.log(`${path} is written`);
