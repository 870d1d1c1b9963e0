import type { CompiledExpression } from '../../expression/compile.ts';
import { evaluateExpression } from '../reference-expression.ts';
import { compareText } from '../../stream/compare.ts';
import type { DataType, Schema } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { formatDecimal } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { BoundAggregate } from '../shared/aggregates/bind-aggregate.ts';
import type { WindowBound } from './bound.ts';

interface Group {
  readonly key: readonly Value[];
  readonly rows: ReferenceRow[];
  panes: number;
}

interface OpenWindow {
  readonly start: number;
  readonly end: number;
  readonly groups: Group[];
  fired: boolean;
}

/**
 * Keeps every row of every window and computes each result from the rows. Flink 2.0, `WindowOperator` with an
 * `EventTimeTrigger`: late when end - 1 + lateness <= W; fires when W >= end - 1, then with every row that comes.
 */
export function windowReference({ bound, inputs }: ReferenceRequest<WindowBound>): Reference {
  const fates: Fates = noFates();
  const windows: OpenWindow[] = [];
  const schema = inputs[0]!.schema;
  const result = (
    window: OpenWindow,
    group: Group,
    at: { seq: number; phase: 0 | 1; timing: number },
  ): ReferenceResult => ({
    port: 'out',
    seq: at.seq,
    phase: at.phase,
    ts: window.end - 1,
    values: [
      ...group.key,
      window.start,
      window.end,
      ...bound.aggregates.map((aggregate) => aggregateOf(aggregate, schema, group.rows)),
    ],
    window: [window.start, window.end],
    pane: [at.timing, group.panes++],
  });
  return {
    row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
      if (Number.isNaN(row.ts) || bound.aggregates.some(({ argument }) => fails(argument, schema, row))) {
        fates.rejected++;
        return [];
      }
      const start = startOf(row.ts, bound.sizeMs, bound.offsetMs);
      const end = start + bound.sizeMs;
      if (end - 1 + bound.latenessMs <= watermark) {
        fates.late++;
        fates.lateWindows++;
        return [passed(row, 'late', row.values)];
      }
      let window = windows.find((open) => open.start === start);
      if (window === undefined) windows.push((window = { start, end, groups: [], fired: end - 1 <= watermark }));
      const key = bound.key.columns.map((column) => row.values[column]!);
      let group = window.groups.find((other) => other.key.every((value, i) => sameKey(value, key[i]!)));
      if (group === undefined) window.groups.push((group = { key, rows: [], panes: 0 }));
      group.rows.push(row);
      return window.fired ? [result(window, group, { seq: row.seq, phase: row.phase, timing: 2 })] : [];
    },
    watermark(watermark: number, seq: number): readonly ReferenceResult[] {
      const results: ReferenceResult[] = [];
      windows.sort((a, b) => a.end - b.end);
      for (const window of windows) {
        if (window.fired || window.end - 1 > watermark) continue;
        window.fired = true;
        for (const group of window.groups) results.push(result(window, group, { seq, phase: 1, timing: 1 }));
      }
      for (const window of windows.filter((open) => open.end - 1 + bound.latenessMs <= watermark)) {
        for (const group of window.groups) fates.used += group.rows.length;
        windows.splice(windows.indexOf(window), 1);
      }
      return results;
    },
    fates: () => ({
      ...fates,
      held: windows.reduce(
        (sum, window) => sum + window.groups.reduce((rows, group) => rows + group.rows.length, 0),
        0,
      ),
    }),
  };
}

/** Steps back from `ts` to the next start on the grid: no division, no remainder of negative times. */
function startOf(ts: number, size: number, offset: number): number {
  const near = Math.round((ts - offset) / size) * size + offset;
  return near > ts ? near - size : near;
}

function sameKey(a: Value, b: Value): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function fails(argument: CompiledExpression | null, schema: Schema, row: ReferenceRow): boolean {
  return argument !== null && !evaluateExpression(argument, schema, row.values).ok;
}

function aggregateOf(
  { function: name, argument }: BoundAggregate,
  schema: Schema,
  rows: readonly ReferenceRow[],
): Value {
  if (argument === null) return rows.length;
  const values = rows
    .map((row) => evaluateExpression(argument, schema, row.values))
    .map((outcome) => (outcome.ok ? outcome.value : null))
    .filter((value) => value !== null);
  if (name === 'count') return values.length;
  if (values.length === 0) return null;
  switch (name) {
    case 'sum':
      return sum(values, argument.type);
    case 'avg':
      return argument.type.kind === 'DOUBLE'
        ? Number(sum(values, argument.type)) / values.length
        : Number(unscaledSum(values, argument.type)) / values.length / Number(`1e${scaleOf(argument.type)}`);
    case 'min':
      return values.reduce((best, value) => (compare(value, best, argument.type) < 0 ? value : best));
    case 'max':
      return values.reduce((best, value) => (compare(value, best, argument.type) > 0 ? value : best));
  }
}

function scaleOf(type: DataType): number {
  return type.kind === 'DECIMAL' ? type.scale : 0;
}

function sum(values: readonly Value[], type: DataType): Value {
  if (type.kind === 'DOUBLE') return values.reduce<number>((total, value) => total + Number(value), 0);
  const total = unscaledSum(values, type);
  if (type.kind === 'DECIMAL') return formatDecimal(total, type.scale);
  const wrapped = BigInt.asIntN(64, total);
  return wrapped > 2n ** 53n || wrapped < -(2n ** 53n) ? wrapped : Number(wrapped);
}

function unscaledSum(values: readonly Value[], type: DataType): bigint {
  return values.reduce<bigint>((total, value) => total + unscaled(value, type), 0n);
}

function unscaled(value: Value, type: DataType): bigint {
  return type.kind === 'DECIMAL' ? BigInt(String(value).replace('.', '')) : BigInt(value as number | bigint);
}

function compare(a: Value, b: Value, type: DataType): number {
  if (type.kind === 'STRING') return compareText(String(a), String(b));
  if (type.kind === 'DECIMAL') return Number(unscaled(a, type) - unscaled(b, type));
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}
