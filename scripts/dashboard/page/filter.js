/**
 * Which parts are shown.
 *
 * @import { Health, Part } from "../model.ts"
 */

/** @typedef {{ readonly health: Health | "all" | "unsettled", readonly search: string }} Filter */

/**
 * @param {Filter} filter
 * @param {Part} part
 */
export function shows({ health, search }, part) {
  return isOf(health, part) && says(part, search.trim().toLowerCase());
}

/**
 * @param {Filter["health"]} wanted
 * @param {Part} part
 */
export function isOf(wanted, part) {
  if (wanted === "all") return true;
  if (wanted === "unsettled") return part.sync !== "synced";
  return part.health === wanted;
}

/**
 * Whether the part, or anything in it, has this in its name or message.
 *
 * @param {Part} part
 * @param {string} words in lower case
 */
function says(part, words) {
  if (words === "") return true;
  const texts = [part.name, part.error, part.note, part.layer].concat(
    part.objects.flatMap(({ kind, name, namespace, message }) => [`${kind}/${name}`, namespace, message]),
  );
  return texts.some((text) => text !== undefined && text.toLowerCase().includes(words));
}
