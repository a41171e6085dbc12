import { join } from "node:path";

/** The repository a command works on: the one these files stand in, whatever the working directory. */
export const root = join(import.meta.dirname, "..");
