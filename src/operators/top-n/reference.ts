import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { compareOrdered, sameRow } from '../reference-order.ts';
import type { TopNBound } from './bind-top-n.ts';

interface Kept {
  readonly values: readonly Value[];
  shown: boolean;
}

interface Group {
  readonly key: readonly Value[];
  readonly to: number;
  /** Best first. */
  rows: Kept[];
  /** Of `first`: how many rows came. */
  count: number;
  writtenMs: number;
}

type Op = '+I' | '-U' | '+U' | '-D';

/** Keeps the rows of each key in order and tells the difference between the ranks before and behind each row. */
export function topNReference(request: ReferenceRequest<TopNBound>): Reference {
  return request.bound.windows === null ? running(request) : inWindows(request);
}

function running({ bound }: ReferenceRequest<TopNBound>): Reference {
  const { process, from, hasRank, generateUpdateBefore, ttlMs, rowKey } = bound;
  const byRank = hasRank || from > 1;
  const isTable = process === 'retract' && rowKey !== null;
  const fates = noFates();
  let groups: Group[] = [];
  const table: { readonly key: readonly Value[]; values: readonly Value[] }[] = [];
  const pick = (values: readonly Value[], columns: readonly number[]): readonly Value[] =>
    columns.map((column) => values[column] ?? null);
  const before = (a: readonly Value[], b: readonly Value[]): boolean => compareOrdered(bound.order, a, b) < 0;

  const left = ({ shown }: Kept, others = 0): void => {
    if (isTable) return;
    fates.held--;
    if (shown) fates.used += 1 + others;
    else fates.filtered += 1 + others;
  };
  const expire = (nowMs: number): void => {
    if (ttlMs === 0) return;
    const gone = groups.filter(({ writtenMs }) => writtenMs + ttlMs <= nowMs);
    for (const row of gone.flatMap(({ rows }) => rows)) left(row);
    groups = groups.filter((group) => !gone.includes(group));
  };

  /** What changes for whoever sees ranks from .. to of the lists. */
  const difference = (row: ReferenceRow, was: readonly Kept[], is: readonly Kept[], to: number): ReferenceResult[] => {
    const results: ReferenceResult[] = [];
    const tell = (kept: Kept, rank: number, op: Op): void => {
      if (op === '-U' && !generateUpdateBefore) return;
      if (op === '+I' || op === '+U') kept.shown = true;
      const values = hasRank ? [...kept.values, rank] : kept.values;
      results.push({ ...passed(row, 'out', values), op });
    };
    if (!byRank) {
      const [old, now] = [was.slice(0, to), is.slice(0, to)];
      old.forEach((kept, i) => !now.includes(kept) && tell(kept, i + 1, '-D'));
      now.forEach((kept, i) => !old.includes(kept) && tell(kept, i + 1, '+I'));
      return results;
    }
    for (let rank = from; rank <= Math.min(to, Math.max(was.length, is.length)); rank++) {
      const [old, now] = [was[rank - 1], is[rank - 1]];
      if (old === now) continue;
      if (old !== undefined) tell(old, rank, now === undefined ? '-D' : '-U');
      if (now !== undefined) tell(now, rank, old === undefined ? '+I' : '+U');
    }
    return results;
  };

  /** Two changes of one row that stays in the list: by rank, or of the row itself. */
  const replaced = (row: ReferenceRow, was: readonly Kept[], is: readonly Kept[], to: number): ReferenceResult[] => {
    if (byRank) return difference(row, was, is, to);
    const old = was.find((kept) => !is.includes(kept))!;
    const now = is.find((kept) => !was.includes(kept))!;
    now.shown = true;
    const update: ReferenceResult = { ...passed(row, 'out', hasRank ? [...now.values, 1] : now.values), op: '+U' };
    const back: ReferenceResult = { ...passed(row, 'out', hasRank ? [...old.values, 1] : old.values), op: '-U' };
    return generateUpdateBefore ? [back, update] : [update];
  };

  const inserted = (rows: readonly Kept[], row: Kept): Kept[] => {
    const place = rows.findIndex((other) => before(row.values, other.values));
    return place < 0 ? [...rows, row] : [...rows.slice(0, place), row, ...rows.slice(place)];
  };

  const put = (row: ReferenceRow, group: Group): readonly ReferenceResult[] => {
    const was = group.rows;
    const kept: Kept = { values: row.values, shown: false };
    if (process === 'first') {
      group.count++;
      if (group.count > group.to || group.count < from) {
        fates.filtered++;
        group.count = Math.min(group.count, group.to);
        return [];
      }
      fates.used++;
      return [passed(row, 'out', hasRank ? [...row.values, group.count] : row.values)];
    }
    const same =
      process === 'update-fast' ? was.find((other) => sameRow(keyed(other.values), keyed(row.values))) : undefined;
    if (process === 'top-1' && was[0] !== undefined) {
      if (!before(row.values, was[0].values)) {
        fates.filtered++;
        return [];
      }
      group.rows = [kept];
    } else if (same !== undefined) {
      const rest = was.filter((other) => other !== same);
      const stays = compareOrdered(bound.order, same.values, row.values) === 0;
      group.rows = stays ? was.map((other) => (other === same ? kept : other)) : inserted(rest, kept);
    } else {
      const all = inserted(was, kept);
      const place = all.indexOf(kept);
      const room = bound.toColumn === null ? group.to : 100;
      if (process !== 'retract' && (place >= group.to || (place === was.length && was.length >= room))) {
        fates.filtered++;
        return [];
      }
      group.rows = process === 'retract' ? all : all.slice(0, group.to);
      if (!isTable) fates.held++;
      const results = difference(row, was, all, group.to);
      for (const gone of all.filter((other) => !group.rows.includes(other))) left(gone);
      return results;
    }
    fates.held++;
    const results = process === 'top-1' ? best(row, was[0]!, kept) : replaced(row, was, group.rows, group.to);
    left(process === 'top-1' ? was[0]! : same!);
    return results;
  };
  const keyed = (values: readonly Value[]): readonly Value[] => pick(values, rowKey?.columns ?? []);
  const best = (row: ReferenceRow, old: Kept, now: Kept): readonly ReferenceResult[] =>
    replaced(row, [old], [now], 1).map((each) => each);

  const takeBack = (row: ReferenceRow, group: Group | undefined): readonly ReferenceResult[] => {
    const place = group?.rows.findIndex((other) => sameRow(other.values, row.values)) ?? -1;
    if (group === undefined || place < 0) return reject(row);
    const was = group.rows;
    group.rows = was.filter((_, i) => i !== place);
    const results = difference(row, was, group.rows, group.to);
    left(was[place]!, 1);
    return results;
  };
  const reject = (row: ReferenceRow): readonly ReferenceResult[] => {
    if (isTable) return [];
    fates.rejected++;
    return [passed(row, 'rejected', row.values)];
  };

  const take = (row: ReferenceRow): readonly ReferenceResult[] => {
    const isNew = row.op === '+I' || row.op === '+U' || row.op === undefined;
    if (process !== 'retract' && !isNew) {
      if (row.op === '-D') return reject(row);
      fates.filtered++;
      return [];
    }
    const key = pick(row.values, bound.key.columns);
    let group = groups.find((other) => sameRow(other.key, key));
    if (group === undefined && isNew) {
      const to = bound.toColumn === null ? bound.to : Math.max(0, Number(row.values[bound.toColumn] ?? 0));
      groups.push((group = { key, to, rows: [], count: 0, writtenMs: row.at }));
    }
    const was = group === undefined ? '' : JSON.stringify([group.rows.length, group.count]);
    const rows = group?.rows;
    const results = isNew ? put(row, group!) : takeBack(row, group);
    if (group !== undefined && (group.rows !== rows || JSON.stringify([group.rows.length, group.count]) !== was)) {
      group.writtenMs = row.at;
    }
    groups = groups.filter(({ rows: list, count }) => list.length > 0 || count > 0 || bound.toColumn !== null);
    return results;
  };

  return {
    row: (_input, row): readonly ReferenceResult[] => {
      expire(row.at);
      if (!isTable) return take(row);
      const key = keyed(row.values);
      const place = table.findIndex((other) => sameRow(other.key, key));
      const old = table[place]?.values;
      if (place >= 0) table.splice(place, 1);
      if (row.op === '-D' && old === undefined) {
        fates.rejected++;
        return [passed(row, 'rejected', row.values)];
      }
      fates.used++;
      if (row.op === '-D') return take({ ...row, values: old!, op: '-D' });
      table.push({ key, values: row.values });
      const back = old === undefined ? [] : take({ ...row, values: old, op: '-U' });
      return [...back, ...take({ ...row, op: '+U' })];
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
  rows: ReferenceRow[];
}

function inWindows({ bound }: ReferenceRequest<TopNBound>): Reference {
  const { windows, from, to, hasRank, order } = bound;
  const fates = noFates();
  let groups: WindowGroup[] = [];
  const timeOf = (value: Value | undefined): number =>
    typeof value === 'number' ? value - windows!.localOffsetMs : Number.NaN;
  return {
    row: (_input, row, watermark): readonly ReferenceResult[] => {
      const window = [timeOf(row.values[windows!.start]), timeOf(row.values[windows!.end])] as const;
      if (window.some(Number.isNaN)) {
        fates.rejected++;
        return [passed(row, 'rejected', row.values)];
      }
      if (watermark >= window[1] - 1) {
        fates.late++;
        fates.lateWindows++;
        return [passed(row, 'late', row.values)];
      }
      const key = bound.key.columns.map((column) => row.values[column] ?? null);
      let group = groups.find((other) => sameRow(other.window, window) && sameRow(other.key, key));
      if (group === undefined) groups.push((group = { window, key, rows: [] }));
      const rows = [...group.rows, row].toSorted((a, b) => compareOrdered(order, a.values, b.values));
      if (rows.length > to) fates.filtered++;
      else fates.held++;
      group.rows = rows.slice(0, to);
      return [];
    },
    watermark: (watermark, seq): readonly ReferenceResult[] => {
      const due = groups.filter(({ window }) => watermark >= window[1] - 1);
      groups = groups.filter((group) => !due.includes(group));
      return due
        .toSorted((a, b) => a.window[1] - b.window[1] || a.window[0] - b.window[0])
        .flatMap(({ window, rows }) => {
          fates.held -= rows.length;
          fates.used += Math.max(0, rows.length - from + 1);
          fates.filtered += Math.min(rows.length, from - 1);
          const shown = window.map((time) => time + windows!.localOffsetMs) as unknown as readonly [number, number];
          return rows.slice(from - 1).map((row, i): ReferenceResult => ({
            port: 'out',
            seq,
            phase: 1,
            ts: window[1] - 1,
            values: hasRank ? [...row.values, from + i] : row.values,
            window: shown,
            pane: [1, 0],
          }));
        });
    },
    fates: () => fates,
  };
}
