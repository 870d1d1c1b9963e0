import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { WindowGrid } from './open-windows.ts';

/** What feeds need to know of a node before the run begins. */
export interface NodeFacts {
  readonly node: PlannedNode;
  readonly isSource: boolean;
  readonly isSink: boolean;
  /** Whether results may stand for something that was waited for: at sinks and where state is kept. */
  readonly isWaitedFor: boolean;
  /** Places in `Plan.sources` of the sources that the node hears of, itself included. */
  readonly sources: readonly number[];
  /** Result columns whose values may be summed over keys: counts and sums, as far as nothing computes with them. */
  readonly additive: ReadonlySet<string>;
  /** Whether a later pane of a window holds only what is new. */
  readonly addsPanes: boolean;
  /** Windows of fixed places, for nodes that have them. */
  readonly grid: WindowGrid | null;
  readonly latenessMs: DurationMs | null;
  /** How long after its end a window closes; 0 where that is no rule of the dialect. */
  readonly graceMs: DurationMs;
  /** Watermark delay of a source. */
  readonly delayMs: DurationMs | null;
  /** Whether time is assigned anew between the sources and this node's inputs. */
  readonly hasOtherTime: boolean;
}

/** Kinds that hand each row on as soon as it comes. */
const HANDING_ON = new Set(['filter', 'map', 'union', 'split', 'flat-map', 'assign-timestamps']);
/** Kinds that hand rows on as they are, so that a sum upstream is a sum downstream. */
const PASSING = new Set(['filter', 'union', 'sink']);
const ADDITIVE = new Set(['count', 'sum']);

export function planFacts(plan: Plan): readonly NodeFacts[] {
  const facts: NodeFacts[] = [];
  plan.nodes.forEach((node, index) => {
    const inputs = node.inputs.flatMap(({ fromNode }) => facts[fromNode] ?? []);
    const source = plan.sources.indexOf(index);
    const sources = new Set(inputs.flatMap((input) => input.sources));
    if (source >= 0) sources.add(source);
    facts.push({
      node,
      isSource: source >= 0,
      isSink: node.kind === 'sink',
      isWaitedFor: source < 0 && !HANDING_ON.has(node.kind),
      sources: [...sources].sort((a, b) => a - b),
      additive: additiveColumns(node, inputs),
      addsPanes: PASSING.has(node.kind) ? inputs[0]?.addsPanes === true : discards(node),
      grid: gridOf(node),
      latenessMs: numberIn(node.bound, 'latenessMs'),
      graceMs: numberIn(node.bound, 'graceMs') ?? 0,
      delayMs: source < 0 ? null : numberIn((node.bound as { readonly watermark?: unknown }).watermark, 'delayMs'),
      hasOtherTime: inputs.some((input) => input.hasOtherTime || input.node.kind === 'assign-timestamps'),
    });
  });
  return facts;
}

function additiveColumns(node: PlannedNode, inputs: readonly NodeFacts[]): ReadonlySet<string> {
  if (PASSING.has(node.kind)) return inputs[0]?.additive ?? new Set();
  const { aggregates } = (node.bound ?? {}) as { readonly aggregates?: readonly BoundSum[] };
  const sums = (aggregates ?? []).filter((aggregate) => ADDITIVE.has(aggregate.function));
  return new Set(sums.map((aggregate) => aggregate.field.name));
}

interface BoundSum {
  readonly function: string;
  readonly field: { readonly name: string };
}

function discards(node: PlannedNode): boolean {
  return node.kind === 'window' && textIn(node.bound, 'accumulation') === 'discarding';
}

/** Of tumbling windows that fire by event time once they are complete. */
function gridOf(node: PlannedNode): WindowGrid | null {
  const { bound } = node;
  const isPlain =
    textIn(bound, 'result') === 'aggregates' && valueIn(valueIn(bound, 'engine'), 'trigger') === undefined;
  const firesOnce = isPlain && textIn(bound, 'emission') === 'on-close' && textIn(bound, 'timeDomain') !== 'processing';
  if (node.kind !== 'window' || textIn(bound, 'kind') !== 'tumbling' || !firesOnce) return null;
  const sizeMs = numberIn(node.bound, 'sizeMs');
  const offsetMs = numberIn(node.bound, 'offsetMs');
  return sizeMs === null || offsetMs === null ? null : { sizeMs, offsetMs };
}

function numberIn(bound: unknown, name: string): number | null {
  const value = valueIn(bound, name);
  return typeof value === 'number' ? value : null;
}

function textIn(bound: unknown, name: string): string | null {
  const value = valueIn(bound, name);
  return typeof value === 'string' ? value : null;
}

function valueIn(bound: unknown, name: string): unknown {
  if (typeof bound !== 'object' || bound === null) return undefined;
  return (bound as Readonly<Record<string, unknown>>)[name];
}
