/**
 * The objects of a part.
 *
 * @import { PartObject } from "../model.ts"
 */
import { signs } from "./words.js";

/** Objects that are drawn at first; a part may have thousands. */
const drawnAtFirst = 200;

/**
 * Draws the objects anew, the unwell ones first.
 *
 * @param {HTMLElement} list
 * @param {readonly PartObject[]} objects
 */
export function drawObjects(list, objects) {
  const unwell = objects.filter(isUnwell);
  const all = [...unwell, ...objects.filter((object) => !isUnwell(object))];
  const rows = all.slice(0, drawnAtFirst).map(row);
  if (all.length > drawnAtFirst) rows.push(rest(list, all));
  list.replaceChildren(...rows);
}

/** @param {PartObject} object */
function isUnwell({ health, sync }) {
  return (health !== undefined && health !== "healthy") || sync === "out-of-sync";
}

/** @param {PartObject} object */
function row({ kind, namespace, name, sync, health, message }) {
  const item = document.createElement("li");
  item.append(
    sign(health ?? (sync === "out-of-sync" ? "differs" : undefined)),
    named("span", "kind", kind),
    named("span", "name", name),
  );
  if (namespace !== undefined) item.append(named("span", "namespace", namespace));
  const state = [sync === "out-of-sync" ? "out of sync" : "", health === "healthy" ? "" : (health ?? "")];
  item.append(named("span", "state", state.filter((word) => word !== "").join(", ")));
  if (message !== undefined) item.append(named("span", "message", message));
  return item;
}

/**
 * @param {HTMLElement} list
 * @param {readonly PartObject[]} all
 */
function rest(list, all) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.textContent = `Show all ${all.length}`;
  button.addEventListener("click", () => list.replaceChildren(...all.map(row)));
  item.append(button);
  return item;
}

/** @param {keyof typeof signs | undefined} health */
export function sign(health) {
  const mark = named("span", "sign", health === undefined ? "·" : signs[health]);
  mark.dataset["health"] = health ?? "none";
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

/**
 * An element with text. Whatever the text holds, it is text.
 *
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function named(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
