import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

export interface PageFile {
  readonly type: string;
  readonly content: string;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".js": "text/javascript; charset=utf-8",
};

/** What browsers are given, by path; no path leads to any other file. */
const paths: Readonly<Record<string, string>> = {
  "/": "index.html",
  "/page.css": "page.css",
  "/icon.svg": "icon.svg",
  "/page.js": "page.js",
  "/part-row.js": "part-row.js",
  "/object-rows.js": "object-rows.js",
  "/filter.js": "filter.js",
  "/words.js": "words.js",
};

/** The page's files, as they are: plain JavaScript, since browsers know no types. */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(import.meta.dirname, "page");
  return new Map(
    Object.entries(paths).map(([path, name]) => {
      const type = types[extname(name)];
      if (type === undefined) throw new Error(`${name} has no type`);
      return [path, { type, content: readFileSync(join(folder, name), "utf8") }];
    }),
  );
}
