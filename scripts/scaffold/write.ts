import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asProblem } from "../tree/failure.ts";
import { root } from "../root.ts";
import { refusal } from "./name.ts";
import type { Scaffold, ScaffoldEdit, ScaffoldFile } from "./scaffold.ts";

/** The scaffold as the formatter writes it, so that a test of the format passes at once. */
export async function formatted(scaffold: Scaffold): Promise<Scaffold> {
  // Loaded here, because it is there for developers only and no other command needs it.
  const { format } = await import("oxfmt");
  const settings: { printWidth?: number } = JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8"));
  const tidy = async <File extends ScaffoldFile>(file: File): Promise<File> => {
    const { code, errors } = await format(file.path, file.content, {
      ...(settings.printWidth !== undefined && { printWidth: settings.printWidth }),
    });
    const [error] = errors;
    if (error !== undefined) {
      throw refusal(
        `${file.path} would not be TypeScript any more: ${error.message}`,
        "add it by hand, in the others' way",
        file.path,
      );
    }
    return { ...file, content: code };
  };
  return {
    ...scaffold,
    files: await Promise.all(scaffold.files.map(tidy)),
    edits: await Promise.all(scaffold.edits.map(tidy)),
  };
}

/**
 * Writes the scaffold and then asks `verify` whether what is there now loads. If anything fails, all is as it was.
 *
 * @throws ProblemsError if a file is there already or cannot be written; whatever `verify` throws
 */
export function write({ files, edits }: Scaffold, verify: () => void): void {
  const undo: (() => void)[] = [];
  try {
    asProblem(root, "nothing was written", () => {
      for (const file of files) undo.push(create(file));
      for (const edit of edits) undo.push(replace(edit));
    });
    verify();
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}

/** Writes a new file, in new folders where needed, and returns what takes it back. */
function create({ path, content }: ScaffoldFile): () => void {
  const file = join(root, path);
  const firstFolder = mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { flag: "wx" });
  return () => rmSync(firstFolder ?? file, { recursive: true });
}

/** Puts another content in a file's place at once, and returns what takes it back. */
function replace({ path, before, content }: ScaffoldEdit): () => void {
  const file = join(root, path);
  if (readFileSync(file, "utf8") !== before) {
    throw refusal(`${path} was changed meanwhile`, "run the command again", path);
  }
  swap(file, content);
  return () => swap(file, before);
}

function swap(file: string, content: string): void {
  const next = `${file}.new`;
  try {
    writeFileSync(next, content, { flag: "wx", mode: statSync(file).mode });
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}
