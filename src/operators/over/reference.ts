import type { Value } from '../../stream/value.ts';
import { cell } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { aggregatesFail, aggregatesOf } from '../reference-aggregates.ts';
import { evaluateExpression } from '../reference-expression.ts';
import { sameRow } from '../reference-order.ts';
import type { BoundLag, OverBound } from './bind-over.ts';

interface Waiting {
  readonly row: ReferenceRow;
  /** Its event time, or when it was processed. */
  readonly time: number;
}

interface Group {
  readonly key: readonly Value[];
  /** All rows that came out since the key was last forgotten, with their times. */
  readonly out: Waiting[];
  /** Those of them that still count. */
  readonly frame: Waiting[];
  /** All that was counted in and taken out. */
  readonly history: ReferenceRow[];
  waiting: Waiting[];
  firedMs: number;
  /** Every clean-up that was ever asked for and has not come. */
  cleanups: number[];
  expiresMs: number;
}

/** Keeps all that ever happened to a key and goes through it for each result. */
export function overReference({ bound, inputs, dialect }: ReferenceRequest<OverBound>): Reference {
  const { frame, orderBy, precedingRows, precedingMs, ttlMs, lags } = bound;
  const { schema } = inputs[0]!;
  const aggregated = { aggregates: bound.aggregates, schema, dialect };
  const isByTime = orderBy === 'event-time';
  const isBounded = frame === 'rows' || frame === 'range';
  const fates = noFates();
  let groups: Group[] = [];

  const find = (row: ReferenceRow): Group | undefined => groups.find(({ key }) => sameRow(key, keyOf(bound, row)));
  const lagged = (lag: BoundLag, rows: readonly Waiting[]): Value => {
    const at = rows.at(-1 - lag.offset);
    if (at === undefined) return cell(lag.otherwise, lag.field.type, 0);
    const value = evaluateExpression(lag.argument, schema, at.row.values);
    return value.ok ? value.value : null;
  };
  /** Rows come out together; those that the frame no longer reaches are taken out before. */
  const countIn = (group: Group, due: readonly Waiting[]): void => {
    const room = frame === 'rows' ? precedingRows + 1 - due.length : Infinity;
    const fromTime = frame === 'range' ? due[0]!.time - precedingMs : -Infinity;
    while (group.frame.length > room || (group.frame[0]?.time ?? Infinity) < fromTime) {
      group.history.push({ ...group.frame.shift()!.row, op: '-D' });
    }
    group.frame.push(...due);
    group.out.push(...due);
    group.history.push(...due.map(({ row }) => row));
  };
  const valuesOf = ({ out, history }: Group): readonly Value[] => {
    const inOrder = history.map((row, seq) => ({ ...row, seq }));
    return [...aggregatesOf(aggregated, inOrder), ...lags.map((lag) => lagged(lag, out))];
  };
  const touch = (group: Group, nowMs: number): void => {
    if (ttlMs > 0 && !(nowMs + ttlMs <= group.expiresMs)) group.expiresMs = nowMs + Math.floor(1.5 * ttlMs);
  };
  const shown = (row: ReferenceRow, values: readonly Value[]): ReferenceResult =>
    passed(row, 'out', [...row.values, ...values]);

  /** All rows of a key and time come out. */
  const comeOut = (group: Group, time: number, seq: number): readonly ReferenceResult[] => {
    const due = group.waiting.filter((waiting) => waiting.time === time);
    group.waiting = group.waiting.filter((waiting) => waiting.time !== time);
    fates.held -= due.length;
    fates.used += due.length;
    if (isByTime) group.firedMs = time;
    const results: ReferenceResult[] = [];
    const shares = frame === 'range' || frame === 'range-unbounded';
    if (shares) countIn(group, due);
    for (const waiting of due) {
      if (!shares) countIn(group, [waiting]);
      results.push({ ...shown(waiting.row, valuesOf(group)), seq, phase: 1 });
    }
    return results;
  };

  /** Everything with a time before or at `until` happens. */
  const advance = (until: number, seq: number, nowMs: number): readonly ReferenceResult[] => {
    const results: ReferenceResult[] = [];
    for (;;) {
      const times = groups.flatMap(({ waiting, cleanups }) => [...waiting.map(({ time }) => time), ...cleanups]);
      const time = Math.min(...times.filter((each) => each <= until));
      if (time === Infinity) return results;
      const first = groups.flatMap(({ waiting }) => waiting.filter((each) => each.time === time));
      const inOrder = groups
        .filter(({ waiting }) => waiting.some((each) => first.includes(each)))
        .toSorted((a, b) => firstSeq(a, time) - firstSeq(b, time));
      for (const group of inOrder) {
        results.push(...comeOut(group, time, seq));
        touch(group, nowMs);
      }
      for (const group of groups.filter(({ cleanups }) => cleanups.includes(time))) {
        group.cleanups = group.cleanups.filter((each) => each !== time);
        if (group.cleanups.length === 0) groups = groups.filter((other) => other !== group);
        else group.firedMs = time;
      }
    }
  };
  const rejected = (row: ReferenceRow): readonly ReferenceResult[] => {
    fates.rejected++;
    return [passed(row, 'rejected', row.values)];
  };

  return {
    row: (_input, row, watermark): readonly ReferenceResult[] => {
      const lagFails = lags.some(({ argument }) => !evaluateExpression(argument, schema, row.values).ok);
      if (aggregatesFail(aggregated, row) || lagFails) return rejected(row);
      if (isByTime && Number.isNaN(row.ts)) return rejected(row);
      let group = find(row);
      if (isByTime && row.ts <= (isBounded ? (group?.firedMs ?? 0) : watermark)) {
        if (group !== undefined) touch(group, row.at);
        fates.late++;
        return [passed(row, 'late', row.values)];
      }
      if (group === undefined) {
        group = {
          key: keyOf(bound, row),
          out: [],
          frame: [],
          history: [],
          waiting: [],
          firedMs: 0,
          cleanups: [],
          expiresMs: Number.NaN,
        };
        groups.push(group);
      }
      touch(group, row.at);
      const time = isByTime ? row.ts : row.at;
      if (!isByTime && frame !== 'range') {
        fates.used++;
        countIn(group, [{ row, time }]);
        return [shown(row, valuesOf(group))];
      }
      fates.held++;
      group.waiting.push({ row, time });
      const askedFor = Math.max(...group.cleanups);
      if (frame === 'range' && askedFor < time + precedingMs + 1) {
        group.cleanups.push(time + Math.floor(1.5 * precedingMs) + 1);
      }
      return [];
    },
    watermark: (watermark, seq, now): readonly ReferenceResult[] => {
      if (!isByTime || (!isBounded && watermark < 0)) return [];
      return advance(watermark, seq, now);
    },
    clock: (now, seq): readonly ReferenceResult[] => {
      // A row of processing time p waits until the clock is behind p.
      const results = isByTime ? [] : advance(now - 1, seq, now);
      const expired = groups.filter(({ expiresMs }) => expiresMs <= now);
      for (const group of expired.filter(({ waiting }) => waiting.length > 0)) {
        group.expiresMs = Number.NaN;
        touch(group, now);
      }
      groups = groups.filter((group) => !expired.includes(group) || group.waiting.length > 0);
      return results;
    },
    fates: () => fates,
  };
}

function keyOf({ key }: OverBound, row: ReferenceRow): readonly Value[] {
  return key.columns.map((column) => row.values[column] ?? null);
}

function firstSeq({ waiting }: Group, time: number): number {
  return Math.min(...waiting.filter((each) => each.time === time).map(({ row }) => row.seq));
}
