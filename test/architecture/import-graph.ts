import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

export const root = join(import.meta.dirname, "../..");

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The file it leads to, from the root; undefined for a package. */
  readonly to: string | undefined;
}

/** All imports and exports-from of the source files of a room, type imports included. */
export function importsOf(room: string): readonly Import[] {
  return globSync(`${room}/**/*.ts`, { cwd: root }).flatMap((from) =>
    [...codeOf(from).matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, specifier = ""]) => ({
      from,
      specifier,
      to: target(from, specifier),
    })),
  );
}

function target(from: string, specifier: string): string | undefined {
  if (specifier === "#synth") return "synth/index.ts";
  return specifier.startsWith(".") ? posix.join(dirname(from), specifier) : undefined;
}

/** Circles among imports, each as the files that it goes through and back to the first; none where there is no circle. */
export function circles(imports: readonly Pick<Import, "from" | "to">[]): readonly string[] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (path.includes(file) || done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) if (to !== undefined) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

/** A file that is one string and nothing else: the text of a program that runs in a cluster. */
const programText = /^(?:\/\*\*[^`]*\*\/\n)?export const \w+ = `[^`]*`;\n$/;

/** What a source does when it is imported: a text does nothing, whatever it says. */
export function codeOf(file: string): string {
  const source = readFileSync(join(root, file), "utf8");
  return programText.test(source) && !source.includes("${") ? "" : source;
}
