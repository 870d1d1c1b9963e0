import type { Actual, GraphCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import type { Edge } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { Recorded, StepResult } from '../run-graph.ts';
import { numberOr, objectOf, textOf, writtenTime } from '../fields.ts';
import { SOURCE, recordLog, recordSource } from './record-log.ts';
import { triggerOf } from './triggers.ts';
import type { Aggregates } from './window-parts.ts';
import { aggregatesOf, windowFigures } from './window-parts.ts';

const WINDOW = 'window';
/** Beam's watermark says that nothing below it will come, Flink's that nothing at or below it will. */
const RULES = { watermarkShiftMs: -1, sourceOf: () => SOURCE };
const COMBINERS: Readonly<Record<string, string>> = {
  earliest: 'earliest',
  latest: 'latest',
  endOfWindow: 'end-of-window',
};

/** `windowAggregate` of Beam: windowing and grouping by key. */
export function beamWindows(given: VectorCase): GraphCase {
  const { operator } = given;
  const aggregates = aggregatesOf(operator);
  const window = {
    id: WINDOW,
    type: 'window',
    config: config(operator, aggregates),
    engine: engine(operator, aggregates),
  };
  const nodes = [sourceNode(recordSource(given.inputs)), window, sinkNode('results')];
  const edges: Edge[] = [
    [SOURCE, WINDOW],
    [WINDOW, 'results'],
  ];
  const document = documentOf({ name: given.id, dialect: 'beam', nodes, edges });
  return {
    graph: recordLog(given.inputs, RULES).finish(document),
    read: (recorded) => readPanes(given, recorded, aggregates),
  };
}

function config(operator: JsonObject, { config: aggregates }: Aggregates): JsonObject {
  return {
    ...windowFigures(objectOf(operator, 'window')),
    keys: ['key'],
    latenessMs: numberOr(operator, 'allowedLateness', 0),
    accumulation: textOf(operator, 'accumulation'),
    aggregates,
  };
}

function engine(operator: JsonObject, { engine: initials }: Aggregates): JsonObject {
  const { trigger, closingBehavior, onTimeBehavior, timestampCombiner } = operator;
  // The cases come from ReduceFnTester, which combines to the earliest where a test says nothing.
  const timestamps = COMBINERS[typeof timestampCombiner === 'string' ? timestampCombiner : 'earliest'];
  if (timestamps === undefined) throw new Inexpressible(`there is no combiner ${JSON.stringify(timestampCombiner)}`);
  return {
    trigger: trigger === undefined ? { on: 'default' } : triggerOf(objectOf(operator, 'trigger')),
    closing: closingBehavior === 'fireAlways' ? 'fire-always' : 'fire-if-non-empty',
    onTime: onTimeBehavior === 'fireIfNonEmpty' ? 'fire-if-non-empty' : 'fire-always',
    timestamps,
    ...initials,
  };
}

const TIMINGS: Readonly<Record<string, string>> = { early: 'EARLY', 'on-time': 'ON_TIME', late: 'LATE' };

/**
 * What a watermark step sets off is left out where the harness held its timers back: the case tells of what comes after
 * it alone.
 */
function readPanes({ inputs }: VectorCase, recorded: Recorded, aggregates: Aggregates): Actual {
  const outputs: JsonObject[] = [];
  const nonSpeculative = new Map<string, number>();
  let dropped = 0;
  recorded.graph.steps.forEach((step, entry) => {
    const isHeldBack = inputs[step]?.['fireTimers'] === false;
    for (const result of recorded.results) {
      if (result.seq === entry && !isHeldBack) outputs.push(pane(result, { aggregates, nonSpeculative }));
    }
    const { lateWindows } = recorded.ledger(WINDOW, entry);
    if (lateWindows !== dropped) outputs.push({ step, droppedTotal: lateWindows });
    dropped = lateWindows;
  });
  return { outputs, dropped };
}

interface Context {
  readonly aggregates: Aggregates;
  /** How many panes of each key and window were not early. */
  readonly nonSpeculative: Map<string, number>;
}

function pane(result: StepResult, { aggregates, nonSpeculative }: Context): JsonObject {
  const { step, key, window, ts, row } = result;
  const { timing = '', index = 0, isLast = false } = result.firing ?? {};
  const place = JSON.stringify([key, window]);
  const before = nonSpeculative.get(place) ?? 0;
  const isEarly = timing === 'early';
  if (!isEarly) nonSpeculative.set(place, before + 1);
  return {
    step,
    key: (key as JsonObject | null)?.['key'],
    value: aggregates.read(row),
    ts: writtenTime(ts),
    window,
    pane: {
      isFirst: index === 0,
      isLast,
      timing: TIMINGS[timing] ?? null,
      index,
      nonSpeculativeIndex: isEarly ? -1 : before,
    },
  };
}
