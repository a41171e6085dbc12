/** What the fleet's page adds to the report's style sheet. */
export const statusStyle = `
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .75rem 0; }
a { color: var(--accent); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .75rem; }
.card { border: 1px solid var(--line); border-radius: .35rem; padding: .6rem .9rem; background: var(--panel); overflow-wrap: anywhere; }
.card h4 { margin: 0; font-size: 1rem; }
.card p { margin: .15rem 0; font-size: .9rem; }
.app { margin: 1.1rem 0; }
.steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: .75rem; }
.behind { color: var(--warn); }
.level { color: var(--good); }
.figures { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .9rem; }
table.matrix { width: auto; }
table.matrix th[scope="row"] { color: var(--text); position: sticky; left: 0; background: var(--paper); padding-right: 1rem; white-space: nowrap; }
table.matrix thead th { vertical-align: bottom; }
table.matrix thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
table.matrix td { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.other { color: var(--warn); font-weight: 600; }
svg.bar { border: 1px solid var(--line); border-radius: .35rem; background: var(--panel); color: var(--accent); }
svg.bar.full { color: var(--bad); }
svg { display: block; max-width: none; }
svg.graph text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: var(--text); }
svg.graph rect { fill: var(--panel); stroke: var(--line); }
svg.graph rect.applications { stroke: var(--accent); }
svg.graph rect.foundation { stroke: var(--good); }
svg.graph path { fill: none; stroke: var(--dim); opacity: .55; }
.bad { color: var(--bad); font-weight: 600; }
.warn { color: var(--warn); font-weight: 600; }
`;
