/**
 * The live page: what the server tells, drawn; nothing is asked but that.
 *
 * @import { Part, Picture } from "../model.ts"
 * @import { Filter } from "./filter.js"
 */
import { isOf, shows } from "./filter.js";
import { named } from "./object-rows.js";
import { PartRow } from "./part-row.js";
import { healths, needsLook, signs, verdict } from "./words.js";

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 */
function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
  return element;
}

const page = {
  cluster: byId("cluster", HTMLElement),
  connection: byId("connection", HTMLElement),
  verdict: byId("verdict", HTMLElement),
  proportions: byId("proportions", HTMLElement),
  filters: byId("filters", HTMLElement),
  search: byId("search", HTMLInputElement),
  parts: byId("parts", HTMLElement),
  nothing: byId("nothing", HTMLElement),
};

/** Rows by the id of their part, in the order of the parts. @type {Map<string, PartRow>} */
let rows = new Map();
/** @type {Filter} */
let filter = { health: "all", search: "" };
/** Whether the server is heard, and whether the API server answers it. */
const heard = { page: false, cluster: true, at: new Date() };
let cluster = "";

/** @param {readonly Part[]} parts */
function place(parts) {
  const placed = new Map();
  for (const part of parts) {
    const row = rows.get(part.id) ?? new PartRow(part);
    if (row.part !== part) row.show(part);
    placed.set(part.id, row);
  }
  rows = placed;
  arrange();
}

/** Puts the rows under their layers, in order. */
function arrange() {
  const layers = Map.groupBy(rows.values(), ({ part }) => part.layer);
  const sections = [...layers].map(([layer, members]) => {
    const section = named("section", "layer");
    section.append(named("h2", "", layer), ...members.map(({ element }) => element));
    return section;
  });
  page.parts.replaceChildren(...sections);
}

function summarise() {
  const parts = [...rows.values()].map(({ part }) => part);
  const { length } = parts.filter(needsLook);
  document.title = `${length > 0 ? `(${length}) ` : ""}${cluster} · Slipway`;
  page.verdict.textContent = verdict(parts);
  drawProportions(parts);
  drawFilters(parts);
  applyFilter();
}

/** @param {readonly Part[]} parts */
function drawProportions(parts) {
  const segments = healths.toReversed().flatMap((health) => {
    const { length } = parts.filter((part) => part.health === health);
    if (length === 0) return [];
    const segment = named("span", "");
    segment.dataset["health"] = health;
    segment.style.flexGrow = String(length);
    return [segment];
  });
  page.proportions.replaceChildren(...segments);
}

/** @param {readonly Part[]} parts */
function drawFilters(parts) {
  /** @type {readonly (readonly [Filter["health"], string])[]} */
  const choices = [
    ["all", "all"],
    ["unsettled", "not synced"],
    ...healths.map((health) => /** @type {const} */ ([health, `${signs[health]} ${health}`])),
  ];
  const buttons = choices.flatMap(([health, label]) => {
    const { length } = parts.filter((part) => isOf(health, part));
    if (length === 0 && health !== "all" && health !== filter.health) return [];
    const button = named("button", "", `${label} ${length}`);
    button.dataset["health"] = health;
    button.setAttribute("aria-pressed", String(filter.health === health));
    button.addEventListener("click", () => {
      filter = { ...filter, health: filter.health === health ? "all" : health };
      summarise();
    });
    return [button];
  });
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset["health"] : undefined;
  const had = page.filters.contains(document.activeElement);
  page.filters.replaceChildren(...buttons);
  if (had) buttons.find((button) => button.dataset["health"] === focused)?.focus();
}

function applyFilter() {
  let shown = 0;
  for (const { element, part } of rows.values()) {
    element.hidden = !shows(filter, part);
    if (!element.hidden) shown++;
  }
  for (const section of page.parts.children) {
    if (section instanceof HTMLElement)
      section.hidden = section.querySelector(".part:not([hidden])") === null;
  }
  page.nothing.hidden = shown > 0;
  page.nothing.textContent =
    rows.size === 0
      ? "No Application or Kustomization is here yet. They appear as soon as the reconciler has them."
      : "Nothing fits the search.";
}

function drawConnection() {
  const state = !heard.page ? "lost" : heard.cluster ? "live" : "away";
  page.connection.dataset["state"] = state;
  page.connection.textContent = {
    live: `live, last change ${heard.at.toLocaleTimeString()}`,
    away: "the API server does not answer; what you see is its last state",
    lost: "connection lost, trying again",
  }[state];
}

/**
 * @param {EventSource} source
 * @param {string} event
 * @param {(data: any) => void} take
 */
function on(source, event, take) {
  source.addEventListener(event, ({ data }) => {
    take(JSON.parse(data));
    heard.page = true;
    heard.at = new Date();
    drawConnection();
  });
}

function connect() {
  const changes = new EventSource("/changes");
  on(changes, "picture", (/** @type {Picture} */ picture) => {
    cluster = picture.cluster;
    page.cluster.textContent = cluster;
    heard.cluster = picture.reachable;
    place(picture.parts);
    summarise();
  });
  on(changes, "part", (/** @type {Part} */ part) => {
    const row = rows.get(part.id);
    if (row === undefined) rows.set(part.id, new PartRow(part));
    else row.show(part);
    summarise();
  });
  on(changes, "order", (/** @type {readonly string[]} */ order) => {
    place(order.flatMap((id) => rows.get(id)?.part ?? []));
    summarise();
  });
  on(changes, "reachable", (/** @type {boolean} */ reachable) => {
    heard.cluster = reachable;
  });
  changes.addEventListener("error", () => {
    heard.page = false;
    drawConnection();
    // A browser tries again by itself, but for an answer that is no stream.
    if (changes.readyState === EventSource.CLOSED) setTimeout(connect, 2_000);
  });
}

connect();
page.search.addEventListener("input", () => {
  filter = { ...filter, search: page.search.value };
  applyFilter();
});
