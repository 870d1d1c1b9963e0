import { GAP_MS } from '../session/gap.ts';
import { ADVANCE_MS, SIZE_MS } from '../hopping/windows.ts';
import { JoinedSums } from '../interval-join/sums.ts';
import type { Contender } from '../job.ts';
import { WindowSums } from '../windows/window-sums.ts';
import type { ArrowRows } from './duckdb.ts';
import { doublesAt, duckDb, intsAt, textsAt } from './duckdb.ts';

type KeysOf = (rows: ArrowRows, index: number) => Int32Array;

/** Key, start, end, count and sum, in this order. */
function windows(sql: string, keysOf: KeysOf = intsAt): Contender {
  return duckDb({
    sql,
    sums: () => {
      const sums = new WindowSums();
      return {
        take: (rows) =>
          sums.addFirst(
            {
              key: keysOf(rows, 0),
              startMs: doublesAt(rows, 1),
              endMs: doublesAt(rows, 2),
              count: doublesAt(rows, 3),
              sum: doublesAt(rows, 4),
            },
            rows.numRows,
          ),
        checksum: () => sums.checksum(),
      };
    },
  });
}

function tumbling(key: string): string {
  return `
    SELECT ${key}, CAST(number * 10000 AS DOUBLE), CAST(number * 10000 + 10000 AS DOUBLE), CAST(count AS DOUBLE), sum
    FROM (SELECT ${key}, ts // 10000 AS number, count(*) AS count, sum(value) AS sum FROM events GROUP BY ALL)`;
}

/** Last four digits of the names. */
function numbersOf(rows: ArrowRows, index: number): Int32Array {
  const { bytes, offsets } = textsAt(rows, index);
  const keys = new Int32Array(rows.numRows);
  for (let row = 0; row < keys.length; row++) {
    let number = 0;
    for (let at = offsets[row + 1]! - 4; at < offsets[row + 1]!; at++) number = number * 10 + bytes[at]! - 48;
    keys[row] = number;
  }
  return keys;
}

export const duckDbTumbling = windows(tumbling('key'));
export const duckDbTumblingString = windows(tumbling('name'), numbersOf);

/** First each slice by itself, then the slices of each window: twice as fast as each row in each window. */
export const duckDbHopping = windows(`
  WITH slices AS (
    SELECT key, ts - ts % ${ADVANCE_MS} AS slice, count(*) AS count, sum(value) AS sum FROM events GROUP BY key, slice
  )
  SELECT key, CAST(slice - hop AS DOUBLE), CAST(slice - hop + ${SIZE_MS} AS DOUBLE), CAST(sum(count) AS DOUBLE), sum(sum)
  FROM slices, (SELECT unnest(range(0, ${SIZE_MS}, ${ADVANCE_MS})) AS hop)
  GROUP BY key, slice - hop`);

export const duckDbSession = windows(`
  WITH marked AS (
    SELECT key, value, ts,
      CASE WHEN ts - lag(ts) OVER (PARTITION BY key ORDER BY ts) <= ${GAP_MS} THEN 0 ELSE 1 END AS opens FROM events
  ), numbered AS (
    SELECT key, value, ts, sum(opens) OVER (PARTITION BY key ORDER BY ts ROWS UNBOUNDED PRECEDING) AS session FROM marked
  )
  SELECT key, CAST(min(ts) AS DOUBLE), CAST(max(ts) + ${GAP_MS} AS DOUBLE), CAST(count(*) AS DOUBLE), sum(value)
  FROM numbered GROUP BY key, session`);

/** A right row stands in its own stretch of two seconds and in the one before, so that equality finds its partners. */
export const duckDbIntervalJoin = duckDb({
  sql: `
    WITH l AS (SELECT key, value, ts, ts // 2000 AS stretch FROM events WHERE side = 0),
      r AS (
        SELECT key, value, ts, ts // 2000 - back AS stretch FROM events, (SELECT unnest([0, 1]) AS back) WHERE side = 1
      )
    SELECT l.key, l.value, CAST(l.ts AS DOUBLE), r.key, r.value, CAST(r.ts AS DOUBLE)
    FROM l JOIN r ON l.key = r.key AND l.stretch = r.stretch WHERE r.ts BETWEEN l.ts AND l.ts + 2000`,
  sums: () => {
    const sums = new JoinedSums();
    return {
      take: (rows) =>
        sums.addFirst(
          {
            leftKey: intsAt(rows, 0),
            leftValue: doublesAt(rows, 1),
            leftTs: doublesAt(rows, 2),
            rightKey: intsAt(rows, 3),
            rightValue: doublesAt(rows, 4),
            rightTs: doublesAt(rows, 5),
          },
          rows.numRows,
        ),
      checksum: () => sums.checksum(),
    };
  },
});
