import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asProblem } from "../tree/failure.ts";
import { root } from "../root.ts";
import { refusal } from "./name.ts";
import type { Scaffold, ScaffoldEdit, ScaffoldFile } from "./scaffold.ts";
import { holdSignals } from "./signals.ts";
import { beginUnfinished, endUnfinished } from "./unfinished.ts";
import { writeWhole } from "../whole-file.ts";

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
 * Writes the scaffold and then asks `verify` whether what is there now loads. If anything fails, or a signal
 * asks the process to end, all is as it was; after a kill the next `new` says what to take back.
 *
 * @throws ProblemsError if a file is there already or cannot be written; whatever `verify` throws
 */
export async function write({ files, edits }: Scaffold, verify: () => void): Promise<void> {
  const undo: (() => void)[] = [];
  const signals = holdSignals();
  try {
    asProblem(root, "nothing was written", () => {
      undo.push(beginUnfinished({ files, edits }));
      for (const file of files) undo.push(create(file));
      for (const edit of edits) undo.push(replace(edit));
    });
    verify();
    const signal = await signals.arrived();
    if (signal !== undefined) throw refusal(`${signal} came before the end`, "run the command again");
    endUnfinished();
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  } finally {
    await signals.release();
  }
}

/** Writes a new file, in new folders where needed, and returns what takes it back. */
function create({ path, content }: ScaffoldFile): () => void {
  const file = join(root, path);
  const firstFolder = mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, content, { flag: "wx" });
  } catch (error) {
    if (firstFolder !== undefined) rmSync(firstFolder, { recursive: true });
    throw error;
  }
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
  writeWhole(file, content, statSync(file).mode);
}
