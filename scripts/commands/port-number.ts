import { InvalidArgumentError } from "commander";

/** A port as the command line takes it. @throws InvalidArgumentError for what is none */
export function portNumber(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("a port is a number from 1 to 65535");
}
