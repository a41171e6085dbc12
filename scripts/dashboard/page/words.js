/**
 * What the page calls things.
 *
 * @import { Health, Part, Sync } from "../model.ts"
 */

/** A sign for each health, so that nobody has to tell it by colour. @type {Readonly<Record<Health | "differs", string>>} */
export const signs = {
  healthy: "✓",
  suspended: "‖",
  unknown: "?",
  progressing: "↻",
  missing: "∅",
  degraded: "✕",
  differs: "≠",
};

/** From what has to be looked at to what has not. @type {readonly Health[]} */
export const healths = ["degraded", "missing", "progressing", "unknown", "suspended", "healthy"];

/** @type {Readonly<Record<Sync, string>>} */
export const syncs = {
  synced: "synced",
  "out-of-sync": "out of sync",
  syncing: "syncing",
  waiting: "waiting",
  unknown: "sync unknown",
};

/**
 * @param {number} count
 * @param {string} one
 */
export function counted(count, one) {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

/**
 * Whether a person has to do something about it. What is missing before a part was synced is about to come.
 *
 * @param {Part} part
 */
export function needsLook({ health, sync, error }) {
  return error !== undefined || health === "degraded" || (health === "missing" && sync === "synced");
}

/**
 * The cluster in a sentence.
 *
 * @param {readonly Part[]} parts
 */
export function verdict(parts) {
  if (parts.length === 0) return "";
  const failing = parts.filter(needsLook).length;
  const behind = parts.filter(({ sync }) => sync !== "synced").length;
  const all = counted(parts.length, "part");
  if (failing > 0) return `${failing} of ${all} need${failing === 1 ? "s" : ""} a look`;
  if (behind > 0)
    return `${behind} of ${all} ${behind === 1 ? "is" : "are"} not yet as git has ${behind === 1 ? "it" : "them"}`;
  const working = parts.filter(({ health }) => health === "progressing" || health === "unknown").length;
  if (working > 0) return `All as git has them; ${counted(working, "part")} not ready yet`;
  return `${all === "1 part" ? "The one part is" : `All ${all} are`} as git has them, and well`;
}
