import { Graph, layout } from '@dagrejs/dagre';
import type { EdgeLabel, GraphLabel, NodeLabel } from '@dagrejs/dagre';
import type { Box, Places, Point } from './boxes.ts';

/** A box with the height at which its main ports lie, from its top. */
export interface LaidOutBox extends Box {
  readonly portY: number;
}

export interface LaidOutEdge {
  readonly from: string;
  readonly to: string;
}

export interface LaidOutGraph {
  readonly boxes: readonly LaidOutBox[];
  /** In the order of the inputs that they lead to: what feeds the left of a join comes above what feeds its right. */
  readonly edges: readonly LaidOutEdge[];
  /** Ids of boxes that stay together: no other box comes to lie between them. A box is in one at most. */
  readonly clusters: readonly (readonly string[])[];
}

/** Between columns the labels of edges must fit. */
const COLUMN_GAP = 64;
const ROW_GAP = 32;
/** Around a cluster there is room for its frame and title. */
const CLUSTER_GAP = 24;

/**
 * Places boxes in columns from left to right, so that edges lead forward, cross little and are straight where they can be.
 * Where the whole lies is not said: see `anchored`.
 */
export function layeredLayout({ boxes, edges, clusters }: LaidOutGraph, grid: number): Places {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: false, compound: clusters.length > 0 });
  const edgesep = clusters.length > 0 ? CLUSTER_GAP : ROW_GAP / 2;
  graph.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP, edgesep });
  graph.setDefaultEdgeLabel(() => ({}));
  // A box is as high above its ports as beneath them, so that a centre line is a line through ports.
  const halfOf = ({ h, portY }: LaidOutBox): number => Math.max(portY, h - portY);
  for (const box of boxes) graph.setNode(box.id, { width: box.w, height: 2 * halfOf(box) });
  clusters.forEach((ids, i) => {
    const cluster = `\0${String(i)}`;
    graph.setNode(cluster, { width: 0, height: 0 });
    for (const id of ids) graph.setParent(id, cluster);
  });
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph, { constraints: constraintsOf(edges) });
  const column = (x: number): number => Math.round(x / grid) * grid;
  return new Map(
    boxes.map((box): [string, Point] => {
      const { x = 0, y = 0 } = graph.node(box.id);
      return [box.id, { x: column(x - box.w / 2), y: Math.round((y - box.portY) / grid) * grid }];
    }),
  );
}

/**
 * Of two that feed the same box the one at the upper input goes above. Where another box has the two the other way round
 * the first one is kept: dagre loses a box over constraints that contradict each other.
 */
function constraintsOf(edges: readonly LaidOutEdge[]): { readonly left: string; readonly right: string }[] {
  const last = new Map<string, string>();
  const beneath = new Map<string, Set<string>>();
  return edges.flatMap(({ from, to }) => {
    const above = last.get(to);
    last.set(to, from);
    if (above === undefined || leadsTo(beneath, from, above)) return [];
    beneath.set(above, (beneath.get(above) ?? new Set()).add(from));
    return [{ left: above, right: from }];
  });
}

function leadsTo(next: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  // Grows while it is walked.
  for (const id of seen) for (const other of next.get(id) ?? []) seen.add(other);
  return seen.has(to);
}

/** The same places, shifted so that one box stays where it is. */
export function anchored(places: Places, anchor: Pick<Box, 'id' | 'x' | 'y'>): Places {
  const to = places.get(anchor.id);
  if (to === undefined) return places;
  const by = { x: anchor.x - to.x, y: anchor.y - to.y };
  return new Map([...places].map(([id, { x, y }]) => [id, { x: x + by.x, y: y + by.y }]));
}
