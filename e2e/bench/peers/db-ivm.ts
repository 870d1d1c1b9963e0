import type { MultiSetArray } from '@tanstack/db-ivm';
import { D2, filter, groupBy, groupByOperators, join, map, output } from '@tanstack/db-ivm';
import { MappedSums } from '../filter-map/sums.ts';
import { JoinedSums } from '../interval-join/sums.ts';
import type { Contender } from '../job.ts';
import { WindowSums } from '../windows/window-sums.ts';
import type { EventRow } from '../workload.ts';
import { rowsOf } from '../workload.ts';

/** Rows that arrive together: with fewer it is slower. */
const BATCH_ROWS = 1000;
/** Its rate on windows is the same from 20,000 rows on: a group is read anew with each batch that touches it. */
const MAX_WINDOW_EVENTS = 50_000;
/** Its rows of a join stay for ever, and each finds all of its key: the more there are, the slower. */
const MAX_JOIN_EVENTS = 20_000;
const MAX_ROW_EVENTS = 500_000;

/** The rows as changes, in batches. */
function batchesOf(rows: readonly EventRow[]): readonly MultiSetArray<EventRow>[] {
  const batches: MultiSetArray<EventRow>[] = [];
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    batches.push(rows.slice(from, from + BATCH_ROWS).map((row): [EventRow, number] => [row, 1]));
  }
  return batches;
}

/** TanStack DB's differential operators: a filter and a map. */
export const dbIvmFilterMap: Contender = {
  name: 'db-ivm',
  maxEvents: MAX_ROW_EVENTS,
  prepare: (workload) => {
    const batches = batchesOf(rowsOf(workload));
    return () => {
      const sums = new MappedSums();
      const graph = new D2();
      const input = graph.newInput<EventRow>();
      input.pipe(
        filter((row) => row.value >= 5000),
        map(({ key, value, ts }) => ({ key, value: value * 2 + 1, ts })),
        output((changes) => {
          for (const [{ key, value, ts }] of changes.getInner()) sums.add(key, value, ts);
        }),
      );
      graph.finalize();
      for (const batch of batches) {
        input.sendData(batch);
        graph.run();
      }
      return sums.checksum();
    };
  },
};

interface Group {
  readonly key: number;
  readonly startMs: number;
  readonly count: number;
  readonly sum: number;
}

/** Groups by key and start of the window. It has no watermark: each batch changes results, and what stands at the end counts. */
export const dbIvmTumbling: Contender = {
  name: 'db-ivm',
  maxEvents: MAX_WINDOW_EVENTS,
  prepare: (workload) => {
    const batches = batchesOf(rowsOf(workload));
    return () => {
      const groups = new Map<string, Group>();
      const graph = new D2();
      const input = graph.newInput<EventRow>();
      input.pipe(
        groupBy(({ key, ts }: EventRow) => ({ key, startMs: Math.floor(ts / 10_000) * 10_000 }), {
          count: groupByOperators.count<EventRow>(),
          sum: groupByOperators.sum(({ value }: EventRow) => value),
        }),
        output((changes) => {
          for (const [[id, group], change] of changes.getInner()) if (change > 0) groups.set(id, group);
        }),
      );
      graph.finalize();
      for (const batch of batches) {
        input.sendData(batch);
        graph.run();
      }
      const sums = new WindowSums();
      for (const { key, startMs, count, sum } of groups.values()) {
        sums.add({ key, startMs, endMs: startMs + 10_000, count, sum });
      }
      return sums.checksum();
    };
  },
};

/** A join by key, then the pairs that are near enough. Rows never leave its state. */
export const dbIvmIntervalJoin: Contender = {
  name: 'db-ivm',
  maxEvents: MAX_JOIN_EVENTS,
  prepare: (workload) => {
    const batches = batchesOf(rowsOf(workload));
    return () => {
      const sums = new JoinedSums();
      const graph = new D2();
      const input = graph.newInput<EventRow>();
      const [left, right] = [0, 1].map((side) =>
        input.pipe(
          filter((row: EventRow) => row.side === side),
          map((row: EventRow): [number, EventRow] => [row.key, row]),
        ),
      );
      left!.pipe(
        join(right!, 'inner'),
        output((changes) => {
          for (const [[, [first, second]]] of changes.getInner()) {
            if (first === null || second === null) continue;
            if (second.ts < first.ts || second.ts > first.ts + 2000) continue;
            sums.add({ left: first, right: second });
          }
        }),
      );
      graph.finalize();
      for (const batch of batches) {
        input.sendData(batch);
        graph.run();
      }
      return sums.checksum();
    };
  },
};
