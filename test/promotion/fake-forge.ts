import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How a forge's command line behaves: it works, its server answers 500, or it never answers. */
export type Mood = "works" | "fails" | "hangs";

/** A forge's command line that records what it is asked: no forge can be reached here. */
export interface FakeForge {
  /** Folder to put before others in PATH. */
  readonly path: string;
  readonly mood: (mood: Mood) => void;
  /** Arguments of each call so far. */
  readonly calls: () => readonly (readonly string[])[];
}

/** `gh` and `glab` as they answer: an open pull request is one that was created before. */
export function fakeForge(folder: string): FakeForge {
  const path = join(folder, "bin");
  mkdirSync(path, { recursive: true });
  const log = join(folder, "calls");
  const mood = join(folder, "mood");
  writeFileSync(mood, "works");
  for (const name of ["gh", "glab"]) {
    const program = join(path, name);
    writeFileSync(program, script(name, folder));
    chmodSync(program, 0o755);
  }
  return {
    path,
    mood: (next) => writeFileSync(mood, next),
    calls: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trim()
            .split("\n")
            .map((line): readonly string[] => JSON.parse(line))
        : [],
  };
}

const script = (name: string, folder: string): string => `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(join(folder, "calls"))}, JSON.stringify([${JSON.stringify(name)}, ...args]) + "\\n");
const mood = readFileSync(${JSON.stringify(join(folder, "mood"))}, "utf8");
const open = ${JSON.stringify(join(folder, "open"))};
const url = "https://forge.example.com/pull/7";
if (mood === "hangs") setTimeout(() => {}, 60000);
else if (mood === "fails" && args[1] !== "list") {
  console.error("HTTP 500: Internal Server Error (https://forge.example.com/api)");
  process.exitCode = 1;
} else if (args[1] === "list") {
  const found = existsSync(open) ? [{ number: 7, iid: 7, url, web_url: url }] : [];
  console.log(JSON.stringify(found));
} else if (args[1] === "create") {
  writeFileSync(open, "");
  console.log(url);
} else if (args[0] === "api") {
  console.log(JSON.stringify([{ name: "e2e", status: "completed", conclusion: "success" }]));
}
`;
