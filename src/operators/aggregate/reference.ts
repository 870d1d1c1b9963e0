import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { aggregatesFail, aggregatesOf, netCount } from '../reference-aggregates.ts';
import type { AggregateBound } from './definition.ts';

interface Group {
  readonly key: readonly Value[];
  readonly rows: ReferenceRow[];
  /** What came out last; null before the first result and after a deletion. */
  shown: readonly Value[] | null;
  /** When a row last came to it. */
  writtenMs: number;
}

/**
 * Keeps all rows of every group and computes each result from them. Flink SQL: +I, then −U and +U where something changed,
 * −D when nothing is left. Kafka and ksqlDB: +I, then +U, also over nothing; a change within one group counts as one.
 */
export function aggregateReference({ bound, inputs, dialect }: ReferenceRequest<AggregateBound>): Reference {
  const aggregated = { aggregates: bound.aggregates, schema: inputs[0]!.schema, dialect };
  const isKafka = dialect === 'kafka-streams' || dialect === 'ksqldb';
  const groups: Group[] = [];
  const table: { readonly key: readonly Value[]; readonly row: ReferenceRow }[] = [];
  const fates = noFates();
  const keyOf = (row: ReferenceRow, columns: readonly number[]): readonly Value[] =>
    columns.map((column) => row.values[column] ?? null);

  const change = (rows: readonly ReferenceRow[]): readonly ReferenceResult[] => {
    const key = keyOf(rows[0]!, bound.key.columns);
    let group = groups.find((other) => sameKey(other.key, key));
    if (group === undefined) {
      if (rows.every(isTakenBack)) return [];
      groups.push((group = { key, rows: [], shown: null, writtenMs: 0 }));
    }
    group.rows.push(...rows);
    group.writtenMs = rows[0]!.at;
    const { ts, seq, phase } = rows[0]!;
    const at = { port: 'out' as const, seq, phase, window: null, pane: null };
    const times = group.rows.map((row) => row.ts).filter((time) => !Number.isNaN(time));
    const largest = times.length === 0 ? Number.NaN : Math.max(...times);
    const before = group.shown;
    const after = [...key, ...aggregatesOf(aggregated, group.rows)];
    const result = (op: '+I' | '-U' | '+U' | '-D', values: readonly Value[]): ReferenceResult => ({
      ...at,
      op,
      values,
      ts: isKafka ? largest : ts,
    });
    if (netCount(group.rows) === 0 && !isKafka) {
      groups.splice(groups.indexOf(group), 1);
      return before === null ? [] : [result('-D', before)];
    }
    group.shown = after;
    if (before === null) return [result('+I', after)];
    if (isKafka) return [result('+U', after)];
    return sameKey(before, after) && bound.ttlMs === 0 ? [] : [result('-U', before), result('+U', after)];
  };

  const forget = (nowMs: number): void => {
    if (bound.ttlMs === 0) return;
    for (const group of groups.filter(({ writtenMs }) => writtenMs + bound.ttlMs <= nowMs)) {
      groups.splice(groups.indexOf(group), 1);
      if (bound.tableKey !== null) continue;
      fates.held -= netCount(group.rows);
      fates.used += netCount(group.rows);
    }
  };

  return {
    row: (_input, row): readonly ReferenceResult[] => {
      forget(row.at);
      const rows = bound.tableKey === null ? [row] : spelledOut(table, keyOf(row, bound.tableKey.columns), row);
      const usable = rows.filter((each) => {
        const fails = aggregatesFail(aggregated, each);
        const lacksKey = isKafka && keyOf(each, bound.key.columns).includes(null);
        return !fails && !lacksKey;
      });
      const own = rows.at(-1);
      const hasGroup = (each: ReferenceRow): boolean =>
        groups.some((group) => sameKey(group.key, keyOf(each, bound.key.columns)));
      if (own === undefined || !usable.includes(own) || (isTakenBack(own) && !hasGroup(own))) {
        fates.rejected++;
        const others = usable.filter((each) => each !== own).flatMap((each) => change([each]));
        return [...others, passed(row, 'rejected', row.values)];
      }
      if (bound.tableKey !== null) fates.used++;
      else if (isTakenBack(own)) {
        fates.held--;
        fates.used += 2;
      } else fates.held++;
      const [first, second] = usable;
      if (first === undefined) return [];
      if (second === undefined) return change([first]);
      const isOne = isKafka && sameKey(keyOf(first, bound.key.columns), keyOf(second, bound.key.columns));
      return isOne ? change([first, second]) : [...change([first]), ...change([second])];
    },
    clock: (now) => {
      forget(now);
      return [];
    },
    watermark: (_watermark, _seq, now) => {
      forget(now);
      return [];
    },
    fates: () => fates,
  };
}

/** A row of a keyed input with the one that it replaces before it; nothing for the deletion of what is not there. */
function spelledOut(
  table: { readonly key: readonly Value[]; readonly row: ReferenceRow }[],
  key: readonly Value[],
  row: ReferenceRow,
): readonly ReferenceRow[] {
  const place = table.findIndex((kept) => sameKey(kept.key, key));
  const before = table[place]?.row;
  if (place >= 0) table.splice(place, 1);
  const old = before === undefined ? null : { ...row, values: before.values };
  if (row.op === '-D') return old === null ? [] : [{ ...old, op: '-D' }];
  table.push({ key, row });
  return old === null
    ? [{ ...row, op: '+I' }]
    : [
        { ...old, op: '-U' },
        { ...row, op: '+U' },
      ];
}

function isTakenBack({ op }: ReferenceRow): boolean {
  return op === '-U' || op === '-D';
}

function sameKey(a: readonly Value[], b: readonly Value[]): boolean {
  return a.every((value, i) => sameValue(value, b[i] ?? null));
}

function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && sameKey(a as Value[], b as Value[]);
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
