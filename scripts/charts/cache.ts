import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChartRequest } from "../../synth/charts/request.ts";
import { fullDigestOf } from "../../synth/objects/digest.ts";
import type { Digest } from "../../synth/model/names.ts";
import { errorCode } from "../tree/failure.ts";
import { writeWhole } from "../whole-file.ts";

/** Pulled and rendered charts on this machine. An entry that is not what it was is no entry. */
export interface ChartCache {
  /** Path of the packaged chart, if it is there and whole. */
  readonly archive: (request: ChartRequest) => string | undefined;
  readonly keepArchive: (request: ChartRequest, content: Buffer) => string;
  /** What this version of Helm rendered for the request. */
  readonly rendered: (request: ChartRequest, helmVersion: string) => string | undefined;
  readonly keepRendered: (request: ChartRequest, helmVersion: string, text: string) => void;
}

export function sha256(content: Buffer | string): Digest {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/**
 * Continuous integration often shares one cache between branches of different trust. A packaged chart there proves itself by
 * the digest that the definition pins; a rendered one proves nothing, since who wrote it also wrote its seal.
 */
const isShared = (): boolean => !["", "false", "0"].includes(process.env["CI"] ?? "");

/**
 * The cache in a folder, which is made when there is something to keep.
 *
 * @param keepsRendered whether rendered charts are kept and believed. Default: except in continuous integration.
 */
export function chartCache(folder: string, keepsRendered: boolean = !isShared()): ChartCache {
  // By version as well as by digest: a new version beside the old one's digest must not find the old chart.
  const archivePath = ({ name, version, digest }: ChartRequest) =>
    join(folder, "archives", `${fullDigestOf({ name, version, digest })}.tgz`);
  const renderedPath = ({ key }: ChartRequest, helmVersion: string) =>
    join(folder, "rendered", helmVersion, `${key}.yaml`);
  return {
    archive: (request) => {
      const path = archivePath(request);
      const content = read(path);
      return content !== undefined && sha256(content) === request.digest ? path : undefined;
    },
    keepArchive: (request, content) => write(archivePath(request), content),
    rendered: (request, helmVersion) => {
      if (!keepsRendered) return undefined;
      const sealed = read(renderedPath(request, helmVersion))?.toString("utf8") ?? "";
      const end = sealed.indexOf("\n");
      const text = sealed.slice(end + 1);
      return sealed.slice(0, end) === sealOf(text) ? text : undefined;
    },
    keepRendered: (request, helmVersion, text) => {
      if (keepsRendered) write(renderedPath(request, helmVersion), `${sealOf(text)}\n${text}`);
    },
  };
}

const sealOf = (text: string): string => `# ${sha256(text)}`;

function read(path: string): Buffer | undefined {
  try {
    // A folder or a pipe under the name of an entry is none.
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Nobody finds half an entry: it comes under its name when it is whole. */
function write(path: string, content: Buffer | string): string {
  mkdirSync(dirname(path), { recursive: true });
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) rmSync(path, { recursive: true });
  writeWhole(path, content);
  return path;
}
