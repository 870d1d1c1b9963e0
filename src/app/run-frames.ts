import type { EngineClient } from '../worker/client.ts';
import type { EdgeStats, Frame, NodeStats } from '../worker/protocol.ts';
import type { RunFigures, RunState } from './run-state.ts';
import { NO_CHARTS } from './run-state.ts';

/** Least time between two frames that are drawn: more would only cost the page its own frames. */
const FRAME_PAUSE_MS = 95;
/** So many figures are drawn anew in one animation frame; with more the hand would have to wait. */
const NODES_A_STEP = 100;
const EDGES_A_STEP = 140;

type Drawn = RunFigures & Pick<RunState, 'status' | 'jumps' | 'stop'>;

/**
 * Takes one frame at a time, in an animation frame, and gives the credit back when it is drawn. A hidden page has no
 * animation frames, so it is sent none.
 */
export class FrameDrawer {
  private drawnAtMs = -Infinity;
  private drawn: Place = { jumps: 0, through: null };

  /** `draw` says whether all of a frame is drawn by now; where it is not, it goes on in the next animation frame. */
  constructor(draw: (frame: Frame) => boolean, client: Pick<EngineClient, 'onFrame' | 'giveCredit'>) {
    client.onFrame((frame) => {
      const goOn = (): void => {
        if (draw(frame)) client.giveCredit();
        else requestAnimationFrame(goOn);
      };
      const drawWhenDue = (nowMs: number): void => {
        // Whoever drags the time along waits for each frame.
        const isNear = frame.jumps === this.drawn.jumps && !isElsewhere(frame, this.drawn);
        if (isNear && nowMs - this.drawnAtMs < FRAME_PAUSE_MS) {
          requestAnimationFrame(drawWhenDue);
          return;
        }
        this.drawnAtMs = nowMs;
        this.drawn = { jumps: frame.jumps, through: frame.through };
        goOn();
      };
      requestAnimationFrame(drawWhenDue);
    });
  }
}

type Place = Pick<Drawn, 'through' | 'jumps'>;

/** Whether what the screen shows comes from elsewhere: from another run, or from another place of the same. */
function isElsewhere({ through, jumps }: Place, before: Place): boolean {
  if (through?.consumer !== before.through?.consumer) return true;
  return (through?.jumps ?? jumps) !== (before.through?.jumps ?? before.jumps);
}

export interface FrameStep {
  readonly figures: Partial<Drawn>;
  /** Whether the screen then shows all of the frame. */
  readonly isWhole: boolean;
}

/**
 * The next step from what the screen shows to what `frame` says: figures of nodes and edges, of large graphs some at a
 * time, and with the last of them all else. Figures that did not change stay the same object, so that nothing redraws.
 */
export function nextStep(frame: Frame, before: Drawn, watched: string | null): FrameStep {
  const nodes = byKey(before.nodes, frame.nodes, { keyOf: (node: NodeStats) => node.nodeId, most: NODES_A_STEP });
  const edges = byKey(before.edges, frame.edges, { keyOf: (edge: EdgeStats) => edge.edge, most: EDGES_A_STEP });
  const figures = { nodes: nodes.record, edges: edges.record };
  if (!nodes.isWhole || !edges.isWhole) return { figures, isWhole: false };
  const kept = isElsewhere(frame, before)
    ? { ...before, charts: NO_CHARTS, results: null, table: null, drops: null }
    : before;
  return { figures: { ...figures, ...restOf(frame, kept, watched) }, isWhole: true };
}

function restOf(frame: Frame, before: Drawn, watched: string | null): Omit<Drawn, 'nodes' | 'edges'> {
  const ofWatched = <Part extends { readonly nodeId: string }>(part: Part | null): Part | null =>
    part?.nodeId === watched ? part : null;
  const charts = frame.charts.filter((update) => update.nodeId === watched);
  return {
    status: same(before.status, frame.status) ? before.status : frame.status,
    position: same(before.position, frame.position) ? before.position : frame.position,
    clocks: same(before.clocks, frame.clocks) ? before.clocks : frame.clocks,
    charts: charts.reduce((all, { chart, data }) => ({ ...all, [chart]: data }), before.charts),
    results: ofWatched(frame.results) ?? before.results,
    table: ofWatched(frame.table) ?? before.table,
    drops: ofWatched(frame.drops) ?? before.drops,
    jumps: frame.jumps,
    through: same(before.through, frame.through) ? before.through : frame.through,
    stop: same(before.stop, frame.stop) ? before.stop : frame.stop,
  };
}

interface Manner<Item> {
  readonly keyOf: (item: Item) => string;
  /** Of items that are other than before. */
  readonly most: number;
}

function byKey<Item extends object>(
  before: Readonly<Record<string, Item>>,
  items: readonly Item[],
  { keyOf, most }: Manner<Item>,
): { readonly record: Readonly<Record<string, Item>>; readonly isWhole: boolean } {
  let news = 0;
  const entries = items.flatMap((item): (readonly [string, Item])[] => {
    const key = keyOf(item);
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old !== undefined && same(old, item)) return [[key, old]];
    if (++news <= most) return [[key, item]];
    return old === undefined ? [] : [[key, old]];
  });
  const isSame = news === 0 && Object.keys(before).length === items.length;
  return { record: isSame ? before : Object.fromEntries(entries), isWhole: news <= most };
}

/** Plain data of a few levels. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
