import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import { isNumeric } from '../../stream/types.ts';
import type { PlaneFacts, PlaneReach, PlaneWindow } from '../plane-protocol.ts';
import { planFacts } from '../feeds/plan-facts.ts';

/** What a bound node may say of windows and keys; the room knows no operator by name. */
interface Bound {
  readonly kind?: unknown;
  readonly sizeMs?: unknown;
  readonly advanceMs?: unknown;
  readonly stepMs?: unknown;
  readonly offsetMs?: unknown;
  readonly localOffsetMs?: unknown;
  readonly gapMs?: unknown;
  readonly gap?: unknown;
  readonly latenessMs?: unknown;
  readonly graceMs?: unknown;
  readonly timeDomain?: unknown;
  readonly lowerMs?: unknown;
  readonly upperMs?: unknown;
  readonly beforeMs?: unknown;
  readonly afterMs?: unknown;
  readonly key?: BoundKey;
  readonly groupingSets?: readonly (readonly number[])[];
  readonly leftKey?: BoundKey;
  readonly rightKey?: BoundKey;
  /** Of each input; a single one where there is but one. */
  readonly inherited?: BoundCarried | readonly BoundCarried[] | null;
  /** What windows a join goes by. */
  readonly window?: unknown;
  readonly frame?: unknown;
  readonly precedingMs?: unknown;
  readonly withinMs?: unknown;
}

interface BoundCarried {
  readonly start: number;
  readonly end: number;
  readonly localOffsetMs?: number;
}

interface BoundKey {
  readonly columns: readonly number[];
}

export interface WindowFigures {
  readonly kind: string;
  readonly sizeMs: number;
  readonly advanceMs: number;
  readonly stepMs: number;
  readonly offsetMs: number;
  /** What stands between UTC and the local time in which bounds are told. */
  readonly localOffsetMs: number;
  readonly gapMs: number;
  readonly latenessMs: number;
  readonly isByClock: boolean;
  /** Whether each row has a gap of its own: where its session ends is then known from results alone. */
  readonly hasOwnGaps: boolean;
  /** Whether a row belongs to one group alone. */
  readonly hasOneGroup: boolean;
}

export function boundOf(node: PlannedNode): Bound {
  return typeof node.bound === 'object' && node.bound !== null ? node.bound : {};
}

export function figuresOf(node: PlannedNode): WindowFigures | null {
  const bound = boundOf(node);
  const kind = windowKindOf(node);
  if (kind === null) return null;
  return {
    kind,
    sizeMs: number(bound.sizeMs),
    advanceMs: number(bound.advanceMs),
    stepMs: number(bound.stepMs),
    offsetMs: number(bound.offsetMs),
    localOffsetMs: number(bound.localOffsetMs ?? carriedBounds(node)[0]?.localOffsetMs),
    gapMs: number(bound.gapMs),
    latenessMs: number(bound.latenessMs),
    isByClock: bound.timeDomain === 'processing',
    hasOwnGaps: bound.gap !== null && bound.gap !== undefined,
    hasOneGroup: (bound.groupingSets ?? []).every((set) => set.length === bound.key?.columns.length),
  };
}

/** Null where rows are put into no windows with bounds; sessions of a join are of both its inputs, and not followed. */
function windowKindOf(node: PlannedNode): string | null {
  const { kind, window } = boundOf(node);
  if (node.kind === 'join.window') return typeof window === 'string' && window !== 'session' ? window : null;
  if (node.kind !== 'window' || typeof kind !== 'string') return null;
  return kind === 'count' || kind === 'global' ? null : kind;
}

/** Where the rows of each input tell the window that they came with; none where the node names windows itself. */
export function carriedBounds(node: PlannedNode): readonly BoundCarried[] {
  const inherited = boundOf(node).inherited ?? [];
  return 'start' in inherited ? [inherited] : inherited;
}

/** Places of the key's columns in the rows of each input; empty where rows have no key here. */
export function keyColumnsOf(node: PlannedNode): readonly (readonly number[])[] {
  const { key, leftKey, rightKey } = boundOf(node);
  return node.inputs.map(({ port }) => {
    if (port === 'left') return leftKey?.columns ?? [];
    if (port === 'right') return rightKey?.columns ?? [];
    return key?.columns ?? [];
  });
}

/** Ports of the inputs, each once; a source has rows of its own. */
export function sidesOf(node: PlannedNode): readonly string[] {
  const ports = [...new Set(node.inputs.map(({ port }) => port))];
  return ports.length === 0 ? ['in'] : ports;
}

/** The figure that panes are labelled with: the first number among a window's results that is no key and no bound. */
export function valueColumnOf(node: PlannedNode): number {
  const type = node.outputs.out;
  if (node.kind !== 'window' || type === undefined) return -1;
  const bounds = [type.windowed?.startColumn, type.windowed?.endColumn];
  const keys = boundOf(node).key?.columns.length ?? 0;
  return type.schema.fields.findIndex((field, i) => i >= keys && isNumeric(field.type) && !bounds.includes(field.name));
}

export function planeFacts(plan: Plan, index: number): PlaneFacts {
  const node = defined(plan.nodes[index], 'node');
  const facts = planFacts(plan);
  const { latenessMs, graceMs, sources } = defined(facts[index], 'facts');
  const delays = sources.flatMap((s) => facts[plan.sources[s] ?? -1]?.delayMs ?? []);
  const column = valueColumnOf(node);
  const isStores = plan.dialect.windows.machine === 'stores';
  return {
    nodeId: node.id,
    kind: node.kind,
    sides: sidesOf(node),
    window: windowOf(node),
    horizonMs: isStores ? graceMs : (latenessMs ?? 0),
    horizonWord: isStores ? 'grace' : 'allowed lateness',
    delaysMs: [...new Set(delays)].sort((a, b) => a - b),
    interval: intervalOf(node),
    reaches: reachesOf(node),
    valueName: node.outputs.out?.schema.fields[column]?.name ?? null,
    keyNames: keyNames(node),
  };
}

function intervalOf(node: PlannedNode): PlaneFacts['interval'] {
  const { lowerMs, upperMs, beforeMs, afterMs } = boundOf(node);
  if (node.kind === 'join.interval') return { lowerMs: number(lowerMs), upperMs: number(upperMs) };
  return node.kind === 'join.stream' ? { lowerMs: -number(beforeMs), upperMs: number(afterMs) } : null;
}

/** How far from a row the node looks for others, where windows or pairs do not show it. */
function reachesOf(node: PlannedNode): readonly PlaneReach[] {
  const { kind, sizeMs, frame, precedingMs, withinMs } = boundOf(node);
  if (node.kind === 'window' && kind === 'sliding') {
    const size = number(sizeMs);
    return [
      { fromMs: -size, toMs: 0, what: 'window that ends with it' },
      { fromMs: 0, toMs: size, what: 'window that begins behind it' },
    ];
  }
  if (node.kind === 'over' && frame === 'range') return [{ fromMs: -number(precedingMs), toMs: 0, what: 'its frame' }];
  const within = number(withinMs);
  return node.kind === 'pattern' && within > 0
    ? [{ fromMs: 0, toMs: within, what: 'a match from it ends in here' }]
    : [];
}

function windowOf(node: PlannedNode): PlaneWindow | null {
  const figures = figuresOf(node);
  if (figures === null) return null;
  const { kind, isByClock, sizeMs, gapMs } = figures;
  return { kind, isByClock, isMerging: kind === 'session', sizeMs, gapMs };
}

function keyNames(node: PlannedNode): readonly string[] {
  const columns = keyColumnsOf(node)[0] ?? [];
  return columns.map((column) => node.inputs[0]?.type.schema.fields[column]?.name ?? '');
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
