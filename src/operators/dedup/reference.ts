import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { sameRow } from '../reference-order.ts';
import type { DedupBound } from './bind-dedup.ts';

/**
 * Remembers every row of a key since it was last forgotten, and finds the one to keep again each time. Flink 2.0,
 * `DeduplicateFunctionHelper`: the first is replaced by a smaller time, the last by one that is not smaller.
 */
export function dedupReference(request: ReferenceRequest<DedupBound>): Reference {
  return request.bound.windows === null ? running(request) : inWindows(request);
}

interface Group {
  readonly key: readonly Value[];
  rows: readonly ReferenceRow[];
  writtenMs: number;
}

function keyOf({ bound: { key } }: ReferenceRequest<DedupBound>, row: ReferenceRow): readonly Value[] {
  return key.columns.map((column) => row.values[column] ?? null);
}

function timeOf({ bound: { timeColumn } }: ReferenceRequest<DedupBound>, row: ReferenceRow): number {
  if (timeColumn === null) return row.ts;
  const value = row.values[timeColumn];
  return typeof value === 'number' ? value : Number.NaN;
}

function best(request: ReferenceRequest<DedupBound>, rows: readonly ReferenceRow[]): ReferenceRow {
  const { keep, orderBy } = request.bound;
  if (orderBy === 'arrival') return keep === 'first' ? rows[0]! : rows.at(-1)!;
  const times = rows.map((row) => timeOf(request, row));
  if (keep === 'first') return rows[times.indexOf(Math.min(...times))]!;
  return rows[times.lastIndexOf(Math.max(...times))]!;
}

function running(request: ReferenceRequest<DedupBound>): Reference {
  const { bound, inputs } = request;
  const { keep, orderBy, generateUpdateBefore, generateInsert, ttlMs, tableKey } = bound;
  const isAppend = inputs[0]!.changes === 'append';
  const isLatest = keep === 'last' && orderBy === 'arrival';
  const isStateless = isLatest && isAppend && !generateUpdateBefore && !generateInsert;
  let groups: Group[] = [];
  const table: { readonly key: readonly Value[]; readonly row: ReferenceRow }[] = [];
  const fates = noFates();
  const count = (held: number, used: number): void => {
    if (tableKey !== null) return;
    fates.held += held;
    fates.used += used;
  };
  const expire = (nowMs: number): void => {
    if (ttlMs === 0) return;
    const gone = groups.filter(({ writtenMs }) => writtenMs + ttlMs <= nowMs);
    count(-gone.length, gone.length);
    groups = groups.filter((group) => !gone.includes(group));
  };
  const rejected = (row: ReferenceRow): readonly ReferenceResult[] => {
    fates.rejected++;
    return [passed(row, 'rejected', row.values)];
  };
  const told = (cause: ReferenceRow, row: ReferenceRow, op: '+I' | '-U' | '+U' | '-D'): ReferenceResult => ({
    ...passed(cause, 'out', row.values),
    ts: row.ts,
    op,
  });

  const take = (row: ReferenceRow): readonly ReferenceResult[] => {
    if (orderBy === 'event-time' && Number.isNaN(timeOf(request, row))) return rejected(row);
    if (isStateless) {
      fates.used++;
      return [told(row, row, '+U')];
    }
    const key = keyOf(request, row);
    const group = groups.find((other) => sameRow(other.key, key));
    if (row.op === '-U' || row.op === '-D') {
      if (group === undefined) return tableKey === null ? rejected(row) : [];
      groups = groups.filter((other) => other !== group);
      count(-1, 2);
      return [told(row, best(request, group.rows), '-D')];
    }
    if (group === undefined) {
      groups.push({ key, rows: [row], writtenMs: row.at });
      count(1, 0);
      return [told(row, row, generateUpdateBefore || generateInsert || !isAppend ? '+I' : '+U')];
    }
    const before = best(request, group.rows);
    const saysNothing = isLatest && ttlMs === 0 && sameRow(before.values, row.values);
    const rows = [...group.rows, row];
    if (saysNothing || best(request, rows) !== row) {
      if (tableKey === null) fates.filtered++;
      return [];
    }
    group.rows = rows;
    group.writtenMs = row.at;
    count(0, 1);
    const update = told(row, row, '+U');
    return generateUpdateBefore ? [told(row, before, '-U'), update] : [update];
  };

  return {
    row: (_input, row): readonly ReferenceResult[] => {
      expire(row.at);
      if (tableKey === null) return take(row);
      const key = tableKey.columns.map((column) => row.values[column] ?? null);
      const place = table.findIndex((kept) => sameRow(kept.key, key));
      const old = table[place]?.row;
      if (row.op === '-D' && old === undefined) return rejected(row);
      fates.used++;
      if (place >= 0) table.splice(place, 1);
      if (row.op === '-D') return take({ ...row, values: old!.values });
      table.push({ key, row });
      const back = old === undefined ? [] : take({ ...row, values: old.values, op: '-U' });
      return [...back, ...take(row)];
    },
    watermark: () => [],
    clock: (now): readonly ReferenceResult[] => {
      expire(now);
      return [];
    },
    fates: () => fates,
  };
}

interface WindowGroup {
  readonly window: readonly [number, number];
  readonly key: readonly Value[];
  readonly rows: ReferenceRow[];
}

function inWindows(request: ReferenceRequest<DedupBound>): Reference {
  const { windows, orderBy } = request.bound;
  const fates = noFates();
  let groups: WindowGroup[] = [];
  const boundOf = (value: Value | undefined): number =>
    typeof value === 'number' ? value - windows!.localOffsetMs : Number.NaN;
  return {
    row: (_input, row, watermark): readonly ReferenceResult[] => {
      const window = [boundOf(row.values[windows!.start]), boundOf(row.values[windows!.end])] as const;
      const lacksTime = orderBy === 'event-time' && Number.isNaN(timeOf(request, row));
      if (lacksTime || window.some(Number.isNaN)) {
        fates.rejected++;
        return [passed(row, 'rejected', row.values)];
      }
      if (watermark >= window[1] - 1) {
        fates.late++;
        fates.lateWindows++;
        return [passed(row, 'late', row.values)];
      }
      const key = keyOf(request, row);
      const group = groups.find((other) => sameRow(other.window, window) && sameRow(other.key, key));
      if (group === undefined) {
        groups.push({ window, key, rows: [row] });
        fates.held++;
      } else {
        group.rows.push(row);
        fates.filtered++;
      }
      return [];
    },
    watermark: (watermark, seq): readonly ReferenceResult[] => {
      const due = groups.filter(({ window }) => watermark >= window[1] - 1);
      groups = groups.filter((group) => !due.includes(group));
      fates.held -= due.length;
      fates.used += due.length;
      return due
        .toSorted((a, b) => a.window[1] - b.window[1] || a.window[0] - b.window[0])
        .map(({ window: [start, end], rows }): ReferenceResult => ({
          port: 'out',
          seq,
          phase: 1,
          ts: end - 1,
          values: best(request, rows).values,
          window: [start + windows!.localOffsetMs, end + windows!.localOffsetMs],
          pane: [1, 0],
        }));
    },
    fates: () => fates,
  };
}
