import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { folderOf } from "./table.ts";
import type { ToolModule } from "./table.ts";

/** What a module's files pin. */
export interface Pinned {
  /** As `v1.35.4`. */
  readonly version: string;
  /** Changes with whatever the programs are built from: go.mod, go.sum, sources of our own, how they are built, and for which machine. */
  readonly digest: string;
}

export function pinnedBy(module: ToolModule): Pinned {
  const folder = folderOf(module);
  const files = ["go.mod", "go.sum"].map((file) => readFileSync(join(folder, file), "utf8"));
  const escaped = module.requires.replaceAll(".", "\\.");
  const version = new RegExp(`${escaped} (v\\d[^\\s]*)`).exec(files.join("\n"))?.[1];
  if (version === undefined) throw new Error(`${folder}/go.mod requires no ${module.requires}`);
  const how = JSON.stringify([
    module.programs,
    module.files,
    module.versionIn,
    process.platform,
    process.arch,
  ]);
  // A program of our own, where the module has one.
  const own = globSync("*.go", { cwd: folder }).toSorted();
  const sources = own.map((file) => readFileSync(join(folder, file), "utf8"));
  const digest = createHash("sha256")
    .update([...files, ...sources, how].join("\0"))
    .digest("hex");
  return { version, digest: digest.slice(0, 16) };
}

/** Where built programs are kept, for every clone of this user. */
export function defaultCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(environment), "tools");
}

/** File name of a program on this system. */
export function executable(tool: string): string {
  return process.platform === "win32" ? `${tool}.exe` : tool;
}
