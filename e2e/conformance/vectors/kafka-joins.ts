import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { numberOf, numberOr, textOf } from '../fields.ts';
import type { Edge, Node, SourceShape } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { Recorded, StepResult } from '../run-graph.ts';
import { recordLog, recordSource } from './record-log.ts';

const JOIN = 'join';
const SIDES = ['left', 'right'] as const;
const RULES = { watermarkShiftMs: 0, sourceOf: (input: JsonObject) => textOf(input, 'stream') };
const KINDS: Readonly<Record<string, string>> = { inner: 'inner', left: 'left', right: 'right', outer: 'full' };

/** `streamStreamJoin` of Kafka Streams: `left.ts - before <= right.ts <= left.ts + after`. */
export function kafkaStreamStreamJoin(given: VectorCase): GraphCase {
  const { operator, inputs } = given;
  const node: Node = {
    id: JOIN,
    type: 'join.stream',
    config: {
      ...keys(operator),
      beforeMs: numberOf(operator, 'before'),
      afterMs: numberOf(operator, 'after'),
    },
    engine: {
      graceMs: numberOr(operator, 'grace', 0),
      padding: operator['spuriousResultFix'] === false ? 'eager' : 'on-close',
      emitIntervalMs: numberOr(operator, 'emitIntervalMs', 0),
      leftValue: 'value',
      rightValue: 'value',
    },
  };
  const sources = SIDES.map((side) => recordSource(inputs.filter(isOf(side)), side));
  return joinCase(given, { node, sources, filters: [] }, droppedBy);
}

/** `tableTableJoin` of Kafka Streams; a record without a value is a tombstone. */
export function kafkaTableTableJoin(given: VectorCase): GraphCase {
  const inputs = given.inputs.map((input) => (input['value'] === null ? { ...input, op: '-D' } : input));
  const node: Node = { id: JOIN, type: 'join.table', config: keys(given.operator) };
  const sources = SIDES.map((side): SourceShape => {
    return { ...recordSource(inputs.filter(isOf(side)), side), changes: 'upsert', key: ['key'] };
  });
  return joinCase({ ...given, inputs }, { node, sources, filters: [] }, droppedBy);
}

/** `streamTableJoin` of Kafka Streams: the stream is the left side; with a grace only where the table is versioned. */
export function kafkaStreamTableJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  const inputs = given.inputs.map((input): JsonObject => {
    const isTable = input['stream'] === 'table';
    return {
      ...input,
      stream: isTable ? 'right' : 'left',
      ...(isTable && input['value'] === null ? { op: '-D' } : {}),
    };
  });
  const isVersioned = operator['tableVersioned'] === true;
  const node: Node = {
    id: JOIN,
    type: 'join.temporal',
    config: {
      ...keys(operator),
      asOf: isVersioned ? 'event-time' : 'arrival',
      latenessMs: numberOr(operator, 'grace', 0),
    },
    ...(typeof operator['historyRetention'] === 'number'
      ? { engine: { historyRetentionMs: operator['historyRetention'] } }
      : {}),
  };
  const withoutValue = inputs.filter(
    ({ stream, key, value }) => stream === 'left' && key !== undefined && value === null,
  );
  const filters = withoutValue.length === 0 ? [] : [hasValue('left')];
  const sources = SIDES.map((side): SourceShape => {
    const own = inputs.filter(isOf(side));
    const source = recordSource(own.length === 0 ? inputs : own, side);
    return side === 'left' ? source : { ...source, changes: 'upsert', key: ['key'] };
  });
  const dropped = (recorded: Recorded): number => droppedBy(recorded) + withoutValue.length;
  return joinCase({ ...given, inputs }, { node, sources, filters }, dropped);
}

function keys(operator: JsonObject): JsonObject {
  const join = textOf(operator, 'join');
  const kind = KINDS[join];
  if (kind === undefined) throw new Inexpressible(`there is no ${join} join`);
  return { kind, leftKeys: ['key'], rightKeys: ['key'] };
}

function isOf(side: (typeof SIDES)[number]): (input: JsonObject) => boolean {
  return ({ stream }) => stream === side;
}

function hasValue(side: (typeof SIDES)[number]): Node {
  return { id: `${side}-values`, type: 'filter', config: { predicate: 'value IS NOT NULL' } };
}

interface JoinGraph {
  readonly node: Node;
  readonly sources: readonly SourceShape[];
  /** Between source and join, one a side; or none. */
  readonly filters: readonly Node[];
}

function joinCase(
  given: VectorCase,
  { node, sources, filters }: JoinGraph,
  dropped: (recorded: Recorded) => number,
): GraphCase {
  const edges: Edge[] = SIDES.flatMap((side, i): readonly Edge[] => {
    const filter = filters[i];
    return filter === undefined
      ? [[side, `${JOIN}:${side}`]]
      : [
          [side, filter.id],
          [filter.id, `${JOIN}:${side}`],
        ];
  });
  const document = documentOf({
    name: given.id,
    dialect: 'kafka-streams',
    nodes: [...sources.map(sourceNode), ...filters, node, sinkNode('results')],
    edges: [...edges, [JOIN, 'results']],
  });
  return {
    graph: recordLog(given.inputs, RULES).finish(document),
    read: (recorded) => ({ outputs: recorded.results.map(joinedRecord), dropped: dropped(recorded) }),
  };
}

function joinedRecord({ step, ts, op, row }: StepResult): JsonObject {
  const { rowkey, key, right_key: rightKey, value, right_value: rightValue } = row as JsonObject;
  const joined: Json = op === '-D' ? null : `${textIn(value)}+${textIn(rightValue)}`;
  return { step, key: rowkey ?? key ?? rightKey ?? null, value: joined, ts };
}

function textIn(value: Json | undefined): string {
  return value === null || value === undefined ? 'null' : String(value);
}

/** What Kafka's counter of dropped records would show: those of the tables' sources, too, but no deletions of unknown keys. */
function droppedBy({ drops }: Recorded): number {
  return drops.length;
}
