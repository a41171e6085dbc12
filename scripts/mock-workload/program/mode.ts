/** Content Studio's image is server and worker, by `--mode`. Undefined where the arguments name none. */
export function modeOf(args: readonly string[]): "server" | "worker" | undefined {
  const named = args.find((argument) => argument.startsWith("--mode="));
  const mode = named?.slice("--mode=".length);
  if (mode === undefined || mode === "server" || mode === "worker") return mode;
  throw new Error(`--mode is "${mode}": start it with --mode=server or --mode=worker`);
}
