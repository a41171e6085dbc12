import { digestOf } from "../objects/digest.ts";

/**
 * A name as part of a logical id, which has letters and digits only: `load-balancers` → `LoadBalancers`. Where what is left out
 * could not be told from another name, a digest keeps the two apart: `gpu-1` is not `gpu1`.
 */
export function logicalId(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const readable = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  const separators = new Set(name.match(/[^A-Za-z0-9]/g));
  const isPlain = separators.size <= 1 && /^[a-z][A-Za-z0-9]*([^A-Za-z0-9][a-z][A-Za-z0-9]*)*$/.test(name);
  return isPlain ? readable : `${readable}${digestOf(name).slice(0, 6)}`;
}
