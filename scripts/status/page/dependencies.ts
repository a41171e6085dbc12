import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { ClusterGraph, GraphNode } from "../graph.ts";
import type { FleetStatus } from "../fleet-status.ts";

/** Pixels: of a box, and between boxes. */
const box = { width: 230, height: 22, gapX: 50, gapY: 8 };

/** What waits for what, for each cluster, from left to right. */
export function graphSection({ graphs }: FleetStatus): Markup {
  return markup`${graphs.map(
    (graph) =>
      markup`<details class="place">
        <summary>
          <h3>${graph.cluster}</h3>
          <span class="dim">${graph.nodes.length} slices</span>
        </summary>
        <div class="scroll" tabindex="0">${drawing(graph)}</div>
      </details>`,
  )}`;
}

interface Placed extends GraphNode {
  readonly x: number;
  readonly y: number;
}

function drawing({ nodes, cluster }: ClusterGraph): Markup {
  const placed = place(nodes);
  const at = new Map(placed.map((node) => [node.owner, node]));
  const width = Math.max(...placed.map(({ x }) => x)) + box.width + 2;
  const height = Math.max(...placed.map(({ y }) => y)) + box.height + 2;
  const lines = placed.flatMap((node) =>
    node.waitsFor.flatMap((owner) => {
      const from = at.get(owner);
      return from === undefined ? [] : [line(from, node)];
    }),
  );
  return markup`<svg class="graph" width="${width}"
    height="${height}"
    role="img"
    aria-label="Order of installation on ${cluster}"
  >
    ${lines}
    ${placed.map(
      ({ owner, layer, x, y, waitsFor }) =>
        markup`<g>
          <title>${owner} (${layer})${waitsFor.length > 0 ? ` waits for ${waitsFor.join(", ")}` : ""}</title>
          <rect class="${layer}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="4" />
          <text x="${x + 8}" y="${y + 15}">${owner.length > 29 ? `${owner.slice(0, 28)}…` : owner}</text>
        </g>`,
    )}
  </svg>`;
}

/** A column for each depth, in the order in which slices are taken up. */
function place(nodes: readonly GraphNode[]): readonly Placed[] {
  const rows = new Map<number, number>();
  return nodes.map((node) => {
    const row = rows.get(node.depth) ?? 0;
    rows.set(node.depth, row + 1);
    return { ...node, x: 1 + node.depth * (box.width + box.gapX), y: 1 + row * (box.height + box.gapY) };
  });
}

function line(from: Placed, to: Placed): Markup {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x, to.y + box.height / 2];
  const bend = box.gapX / 2;
  return markup`<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" />`;
}
