import type { DocumentEdge, PipelineDocument } from './document.ts';

/** An edge with its ends as indices into the document's nodes. */
export interface GraphEdge {
  /** Index into the document's edges. */
  readonly index: number;
  readonly edge: DocumentEdge;
  readonly from: number;
  readonly to: number;
}

/** The document's nodes and edges, ready to walk. Edges whose ends are missing are left out. */
export interface Graph {
  readonly indexOf: ReadonlyMap<string, number>;
  /** By node, in the document's order of edges. */
  readonly incoming: readonly (readonly GraphEdge[])[];
  readonly outgoing: readonly (readonly GraphEdge[])[];
  /** Node indices so that edges lead forward, ties in the document's order; nodes on or behind a cycle are missing. */
  readonly order: readonly number[];
  /** Each loop's nodes, in the document's order. */
  readonly cycles: readonly (readonly number[])[];
}

/** Of nodes with one id the first is meant, as everywhere. Linear but for the sorting of ties. */
export function buildGraph({ nodes, edges }: Pick<PipelineDocument, 'nodes' | 'edges'>): Graph {
  const indexOf = new Map<string, number>();
  nodes.forEach(({ id }, i) => {
    if (!indexOf.has(id)) indexOf.set(id, i);
  });
  const incoming: GraphEdge[][] = nodes.map(() => []);
  const outgoing: GraphEdge[][] = nodes.map(() => []);
  edges.forEach((edge, index) => {
    const from = indexOf.get(edge.from.node);
    const to = indexOf.get(edge.to.node);
    if (from === undefined || to === undefined) return;
    const graphEdge = { index, edge, from, to };
    outgoing[from]?.push(graphEdge);
    incoming[to]?.push(graphEdge);
  });
  const order = topologicalOrder(incoming, outgoing);
  return { indexOf, incoming, outgoing, order, cycles: order.length === nodes.length ? [] : findCycles(outgoing) };
}

function topologicalOrder(incoming: readonly (readonly GraphEdge[])[], outgoing: readonly (readonly GraphEdge[])[]) {
  const waiting = incoming.map((edges) => edges.length);
  const ready = new MinHeap();
  waiting.forEach((count, node) => {
    if (count === 0) ready.push(node);
  });
  const order: number[] = [];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node);
    for (const { to } of outgoing[node] ?? []) {
      const left = (waiting[to] ?? 0) - 1;
      waiting[to] = left;
      if (left === 0) ready.push(to);
    }
  }
  return order;
}

/** Strongly connected components of more than one node, and self loops. Tarjan's, without recursion. */
function findCycles(outgoing: readonly (readonly GraphEdge[])[]): readonly (readonly number[])[] {
  const entered = new Map<number, number>();
  const lowest: number[] = [];
  const trail: number[] = [];
  const onTrail = new Set<number>();
  const cycles: number[][] = [];
  for (let root = 0; root < outgoing.length; root++) {
    if (entered.has(root)) continue;
    const calls = [{ node: root, next: 0 }];
    while (calls.length > 0) {
      const call = calls[calls.length - 1];
      if (call === undefined) break;
      const { node } = call;
      if (call.next === 0) {
        lowest[node] = entered.size;
        entered.set(node, entered.size);
        trail.push(node);
        onTrail.add(node);
      }
      const edge = outgoing[node]?.[call.next++];
      if (edge !== undefined) {
        if (!entered.has(edge.to)) calls.push({ node: edge.to, next: 0 });
        else if (onTrail.has(edge.to)) lowest[node] = Math.min(lowest[node] ?? 0, entered.get(edge.to) ?? 0);
        continue;
      }
      calls.pop();
      const caller = calls[calls.length - 1]?.node;
      if (caller !== undefined) lowest[caller] = Math.min(lowest[caller] ?? 0, lowest[node] ?? 0);
      if (lowest[node] !== entered.get(node)) continue;
      const component = trail.splice(trail.lastIndexOf(node));
      for (const member of component) onTrail.delete(member);
      const isLoop = component.length > 1 || (outgoing[node] ?? []).some(({ to }) => to === node);
      if (isLoop) cycles.push(component.sort((a, b) => a - b));
    }
  }
  return cycles.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** The least number first. */
class MinHeap {
  private readonly items: number[] = [];

  push(item: number): void {
    let at = this.items.length;
    this.items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.items[parent] ?? item;
      if (above <= item) break;
      this.items[at] = above;
      at = parent;
    }
    this.items[at] = item;
  }

  pop(): number | undefined {
    const least = this.items[0];
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.items.length) break;
      if ((this.items[child + 1] ?? Infinity) < (this.items[child] ?? Infinity)) child++;
      const below = this.items[child] ?? Infinity;
      if (below >= last) break;
      this.items[at] = below;
      at = child;
    }
    this.items[at] = last;
    return least;
  }
}
