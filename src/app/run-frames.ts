import type { EngineClient } from '../worker/client.ts';
import type { EdgeStats, Frame, NodeStats } from '../worker/protocol.ts';
import type { RunFigures, RunState } from './run-state.ts';

/** Least time between two frames that are drawn: more would only cost the page its own frames. */
const FRAME_PAUSE_MS = 95;

type Drawn = RunFigures & Pick<RunState, 'status'>;

/**
 * Takes one frame at a time, in an animation frame, and gives the credit back when it is drawn. A hidden page has no
 * animation frames, so it is sent none.
 */
export class FrameDrawer {
  private drawnAtMs = -Infinity;

  constructor(draw: (frame: Frame) => void, client: Pick<EngineClient, 'onFrame' | 'giveCredit'>) {
    client.onFrame((frame) => {
      const drawWhenDue = (nowMs: number): void => {
        if (nowMs - this.drawnAtMs < FRAME_PAUSE_MS) {
          requestAnimationFrame(drawWhenDue);
          return;
        }
        this.drawnAtMs = nowMs;
        draw(frame);
        client.giveCredit();
      };
      requestAnimationFrame(drawWhenDue);
    });
  }
}

/** What the screen shows after `frame`. Figures that did not change stay the same object, so that nothing redraws. */
export function afterFrame(frame: Frame, before: Drawn, watched: string | null): Drawn {
  const ofWatched = <Part extends { readonly nodeId: string }>(part: Part | null): Part | null =>
    part?.nodeId === watched ? part : null;
  const charts = frame.charts.filter((update) => update.nodeId === watched);
  return {
    status: same(before.status, frame.status) ? before.status : frame.status,
    position: same(before.position, frame.position) ? before.position : frame.position,
    clocks: same(before.clocks, frame.clocks) ? before.clocks : frame.clocks,
    nodes: byKey(before.nodes, frame.nodes, (node: NodeStats) => node.nodeId),
    edges: byKey(before.edges, frame.edges, (edge: EdgeStats) => edge.edge),
    charts: charts.reduce((all, { chart, data }) => ({ ...all, [chart]: data }), before.charts),
    results: ofWatched(frame.results) ?? before.results,
    table: ofWatched(frame.table) ?? before.table,
    drops: ofWatched(frame.drops) ?? before.drops,
  };
}

function byKey<Item extends object>(
  before: Readonly<Record<string, Item>>,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Readonly<Record<string, Item>> {
  let isSame = Object.keys(before).length === items.length;
  const entries = items.map((item): [string, Item] => {
    const key = keyOf(item);
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old !== undefined && same(old, item)) return [key, old];
    isSame = false;
    return [key, item];
  });
  return isSame ? before : Object.fromEntries(entries);
}

/** Plain data of a few levels. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
