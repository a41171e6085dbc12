/**
 * One part: a line that opens to its objects.
 *
 * @import { Part } from "../model.ts"
 */
import { drawObjects, named, sign } from "./object-rows.js";
import { counted, signs, syncs } from "./words.js";

export class PartRow {
  /** @type {Part} */
  part;
  element = document.createElement("details");
  #sign = sign("unknown");
  #name = named("span", "name");
  #sync = named("span", "sync");
  #health = named("span", "health");
  #count = named("span", "count");
  #revision = named("code", "revision");
  #error = named("p", "error");
  #note = named("p", "note");
  #objects = named("ul", "objects");

  /** @param {Part} part */
  constructor(part) {
    this.part = part;
    this.element.className = "part";
    const summary = document.createElement("summary");
    const facts = named("span", "facts");
    facts.append(this.#sync, this.#health, this.#count, this.#revision);
    summary.append(this.#sign, this.#name, facts, this.#error, this.#note);
    this.element.append(summary, this.#objects);
    // A closed part costs nothing to keep up to date.
    this.element.addEventListener("toggle", () => this.#drawObjects());
    this.#draw();
  }

  /** @param {Part} part */
  show(part) {
    const changed = part.health !== this.part.health || part.sync !== this.part.sync;
    this.part = part;
    this.#draw();
    this.#drawObjects();
    if (changed) this.#flash();
  }

  #draw() {
    const { name, kind, sync, health, error, note, revision, objects } = this.part;
    this.element.dataset["health"] = health;
    this.element.dataset["sync"] = sync;
    this.#sign.dataset["health"] = health;
    this.#sign.textContent = signs[health];
    this.#name.textContent = name;
    this.#name.title = `${kind} ${name}`;
    this.#sync.textContent = syncs[sync];
    this.#health.textContent = health;
    this.#count.textContent = counted(objects.length, "object");
    this.#revision.textContent = revision ?? "";
    this.#revision.title = revision ?? "";
    this.#error.textContent = error ?? "";
    this.#note.textContent = error === undefined ? (note ?? "") : "";
  }

  #drawObjects() {
    if (this.element.open) drawObjects(this.#objects, this.part.objects);
  }

  #flash() {
    this.element.classList.remove("changed");
    // Read, so that the browser starts the animation anew.
    void this.element.offsetWidth;
    this.element.classList.add("changed");
  }
}
