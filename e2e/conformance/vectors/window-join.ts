import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { numberOf, textOf, typeOfValues } from '../fields.ts';
import type { Edge, Node } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { flinkOutputs } from './flink-output.ts';
import { localTime } from './flink-windows.ts';
import { recordLog } from './record-log.ts';

const JOIN = 'join';
const SIDES = ['left', 'right'] as const;
const RULES = { watermarkShiftMs: 0, sourceOf: (input: JsonObject) => textOf(input, 'stream') };

/** `windowJoin` of Flink SQL. Rows are given their windows, of which the case tells the end, by a window of 1 ms. */
export function flinkWindowJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  if (operator['api'] !== 'SQL') throw new Inexpressible('a window join of another API than SQL');
  const key = textOf(operator, 'on');
  const engine = localTime(operator);
  const aheadMs = Number(engine['localOffsetMs'] ?? 0);
  const inputs = given.inputs.map((input) =>
    input['windowEnd'] === undefined ? input : { ...input, ts: numberOf(input, 'windowEnd') - 1 - aheadMs },
  );
  const nodes: Node[] = SIDES.flatMap((side) => [
    sourceNode({
      id: side,
      columns: [
        [key, typeOfValues(inputs.filter(({ stream }) => stream === side).map((input) => input[key]))],
        ['value', 'STRING'],
        ['ts', 'TIMESTAMP'],
      ],
      time: 'ts',
    }),
    { id: `${side}-window`, type: 'window', config: { kind: 'tumbling', sizeMs: 1, result: 'rows' }, engine },
  ]);
  const config = {
    kind: textOf(operator, 'join'),
    leftKeys: [key],
    rightKeys: [key],
    nullAware: operator['nullAwareAnti'] === true,
    ...(operator['nullSafe'] === true ? { nullSafeKeys: [key] } : {}),
  };
  nodes.push({ id: JOIN, type: 'join.window', config, engine }, sinkNode('results'));
  const edges = SIDES.flatMap((side): Edge[] => [
    [side, `${side}-window`],
    [`${side}-window`, `${JOIN}:${side}`],
  ]);
  const document = documentOf({
    name: given.id,
    dialect: 'flink-sql',
    nodes,
    edges: [...edges, [JOIN, 'results']],
  });
  return {
    graph: recordLog(inputs, RULES).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, {
        inputs,
        node: JOIN,
        result: (result) => pairOf(result, key),
        sideOutput: 'late',
        forwards: 'moved',
        tellsDrops: true,
      }),
      dropped: recorded.lastLedger(JOIN).late,
    }),
  };
}

/** Left and right by key and window, null for a side that is padded; semi and anti joins have no right side. */
function pairOf({ step, op, row }: StepResult, key: string): JsonObject {
  const cells = row as JsonObject;
  const side = (prefix: string): Json => {
    const windowEnd = cells[`${prefix}window_end`] ?? null;
    return windowEnd === null ? null : { [key]: cells[`${prefix}${key}`] ?? null, windowEnd };
  };
  const isLeftAlone = cells['right_window_end'] === undefined;
  return { step, op, left: side(''), ...(isLeftAlone ? {} : { right: side('right_') }) };
}
