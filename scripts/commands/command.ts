import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.ts";

/** Adds one command to the program; it reports what it came to by `finish`. */
export type DefineCommand = (program: Command, finish: (code: ExitCode) => void) => void;
