/** Style sheet of the report: one column on a phone, the browser's light or dark. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1c2128; --dim: #59636e; --line: #d5dae0; --paper: #ffffff; --panel: #f5f7f9;
  --good: #1a7f37; --bad: #c0262d; --warn: #8a6100; --accent: #0a5cc4;
  --add: #dff6e3; --del: #fde4e4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e3e8ee; --dim: #9aa6b2; --line: #343c46; --paper: #14181d; --panel: #1d232a;
    --good: #4fc56c; --bad: #ff7b75; --warn: #e0b040; --accent: #6cb0ff;
    --add: #12361c; --del: #47191b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 72rem; padding: 1rem clamp(.75rem, 3vw, 2rem) 4rem;
  font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--paper);
}
h1 { font-size: 1.35rem; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; display: inline; }
p { margin: .4rem 0; }
code, pre { font: .875em/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.verdict { border-left: .4rem solid var(--good); background: var(--panel); padding: .75rem 1rem; border-radius: .25rem; }
.verdict.bad { border-color: var(--bad); }
.verdict h1 { margin: 0; }
.finding { border: 1px solid var(--line); border-left: .3rem solid var(--bad); border-radius: .25rem; padding: .6rem .9rem; margin: .6rem 0; }
.finding.waived { border-left-color: var(--warn); }
.tags { display: flex; flex-wrap: wrap; gap: .35rem; margin: .35rem 0; }
.tag { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; background: var(--panel); }
button.tag { color: inherit; font: inherit; font-size: .85rem; cursor: pointer; min-height: 1.9rem; }
button.tag[aria-pressed="true"] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
.effect { font-weight: 600; }
.effect-deletion, .effect-storage { color: var(--bad); }
.effect-access, .effect-network { color: var(--warn); }
.effect-rollout, .effect-restart, .effect-scale { color: var(--accent); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); }
details.place { border: 1px solid var(--line); border-radius: .35rem; margin: .6rem 0; padding: .5rem .9rem; }
details > summary { cursor: pointer; padding: .2rem 0; }
details.place[open] > summary { margin-bottom: .4rem; }
.change { margin: .5rem 0 .9rem; }
.change > .name { font-weight: 600; overflow-wrap: anywhere; }
.mark { display: inline-block; width: 1.1em; font-family: ui-monospace, monospace; }
.mark-added { color: var(--good); } .mark-removed { color: var(--bad); } .mark-changed { color: var(--warn); } .mark-replaced { color: var(--accent); }
.field { margin: .15rem 0 .15rem 1.3rem; }
.field > code { color: var(--dim); }
pre { margin: .2rem 0; padding: .4rem .6rem; background: var(--panel); border-radius: .25rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre .add { background: var(--add); display: block; } pre .del { background: var(--del); display: block; } pre .at { display: block; color: var(--dim); }
#search { width: 100%; max-width: 28rem; font: inherit; padding: .45rem .7rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--panel); color: inherit; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  table.stack thead { position: absolute; left: -999rem; }
  table.stack tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  table.stack td { display: grid; grid-template-columns: 7rem 1fr; gap: .5rem; border: 0; padding: .1rem 0; overflow-wrap: anywhere; }
  table.stack td:empty { display: none; }
  table.stack td::before { content: attr(data-name); color: var(--dim); }
  .field { margin-left: .4rem; }
}
@media print { .tools { display: none; } body { max-width: none; } }
`;

/** Finds changes by text and by effect; the page can be read without it. */
export const script = `
const search = document.querySelector("#search");
const buttons = [...document.querySelectorAll("button[data-effect]")];
const update = () => {
  const text = search.value.trim().toLowerCase();
  const wanted = buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.effect);
  for (const change of document.querySelectorAll(".change")) {
    const place = change.closest("details.place");
    const words = (change.textContent + " " + (place ? place.firstElementChild.textContent + place.dataset.subject : "")).toLowerCase();
    const effects = change.dataset.effects.split(" ");
    change.hidden = !(words.includes(text) && (wanted.length === 0 || wanted.some((effect) => effects.includes(effect))));
  }
  for (const group of document.querySelectorAll(".group, details.place, section.subject")) {
    group.hidden = group.querySelector(".change:not([hidden])") === null;
  }
  if (text !== "" || wanted.length > 0) for (const place of document.querySelectorAll("details.place:not([hidden])")) place.open = true;
};
search.addEventListener("input", update);
for (const button of buttons) button.addEventListener("click", () => {
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  update();
});
document.querySelector("#unfold").addEventListener("click", () => {
  for (const place of document.querySelectorAll("details.place")) place.open = true;
});
document.querySelector(".tools").hidden = false;
`;
