import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIMESTAMP, field } from '../../stream/types.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK, ENTRY_END, ENTRY_ROW, ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import { RejectList } from '../rejects.ts';
import type { SourceChunk, SourceReader } from '../source-reader.ts';
import { EventLog } from './event-log.ts';
import type { Log } from './log.ts';

/**
 * Rows with the given processing times, as event times too, in chunks of the given sizes, every other one later. Odd times
 * are of partition 1.
 */
function reader(times: readonly number[], chunkRows: number, later = false): SourceReader {
  let from = 0;
  let calls = 0;
  return {
    schema: { fields: [field('t', TIMESTAMP)] },
    rejects: new RejectList(),
    next() {
      const part = times.slice(from, from + chunkRows);
      from += part.length;
      const values = Float64Array.from(part);
      const chunk: SourceChunk | null =
        part.length === 0
          ? null
          : {
              length: part.length,
              columns: [{ kind: 'float', values, nulls: null }],
              ts: values,
              at: values,
              kinds: null,
              partition: Int32Array.from(part, (time) => Math.abs(time % 2)),
            };
      return later && calls++ % 2 === 1 ? Promise.resolve(chunk) : chunk;
    },
    progress: () => ({ unit: 'rows', done: from, total: times.length, rows: from, rejected: 0, blank: 0 }),
    problems: () => [],
  };
}

/** One line an entry: what it is, its number and its time; of rows also the value, as the batch has it. */
async function read(log: Log, sizes: readonly number[]): Promise<string[]> {
  const lines: string[] = [];
  for (let i = 0; ; i++) {
    const slice = await log.nextSlice(sizes[i % sizes.length]!);
    if (slice === null) return lines;
    expect(slice.length).toBeLessThanOrEqual(sizes[i % sizes.length]!);
    expect(slice.firstSeq).toBe(lines.length);
    lines.push(...linesOf(slice));
  }
}

function linesOf(slice: LogSlice): string[] {
  const next = slice.rows.map(() => 0);
  return Array.from({ length: slice.length }, (_, i) => {
    const source = slice.source[i]!;
    const head = `${slice.kinds[i]} ${source} @${slice.at[i]}`;
    if (slice.kinds[i] !== ENTRY_ROW) return head;
    const batch = slice.rows[source]!;
    const row = next[source]!++;
    const column = batch.columns[0]!;
    expect(batch.seq[row]).toBe(slice.firstSeq + i);
    expect(slice.partition?.[i] ?? 0).toBe(Math.abs(batch.ts[row]! % 2));
    return `${head} ${column.kind === 'float' ? column.values[row] : ''}`;
  });
}

/** The same log from the rule as it is written, one entry at a time. */
function expected(sources: readonly (readonly number[])[], tickMs: number, horizonMs: number | null): string[] {
  const lines: string[] = [];
  const rows = sources
    .flatMap((times, source) => times.map((time, row) => ({ time, source, row })))
    .sort((a, b) => a.time - b.time || a.source - b.source || a.row - b.row);
  const first = rows[0]?.time ?? 0;
  sources.forEach((times, source) => {
    if (times.length === 0) lines.push(`${ENTRY_END} ${source} @${first}`);
  });
  let last: number | null = null;
  for (const { time, source, row } of rows) {
    if (horizonMs !== null && last !== null) {
      const until = Math.min(time, Math.ceil((last + horizonMs) / tickMs) * tickMs);
      for (let tick = Math.floor(last / tickMs) * tickMs + tickMs; tick <= until; tick += tickMs) {
        lines.push(`${ENTRY_CLOCK} -1 @${tick}`);
      }
    }
    lines.push(`${ENTRY_ROW} ${source} @${time} ${time}`);
    last = time;
    if (row === sources[source]!.length - 1) lines.push(`${ENTRY_END} ${source} @${time}`);
  }
  return lines;
}

const times = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -3000, max: 3000 })), { maxLength: 40 })
  .map((list) => list.sort((a, b) => a - b));

describe('a log of several sources', () => {
  it('holds the same entries however it is cut, read and buffered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(times, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(null, 0, 1, 200, 750),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(100)), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(1, 2, 3, 5, 7, 30),
        async (sources, clockHorizonMs, sizes, chunkRows) => {
          const readers = sources.map((source, i) => reader(source, chunkRows, i !== 1));
          const keptSlices = sources.length % 2 === 0 ? 0 : Infinity;
          const log = new EventLog({ readers, tickMs: 200, clockHorizonMs, keptSlices });
          expect(await read(log, sizes)).toEqual(expected(sources, 200, clockHorizonMs));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers at once while rows are at hand', () => {
    const log = new EventLog({ readers: [reader([1, 2, 3], 8)], tickMs: 200, clockHorizonMs: null });
    expect(log.nextSlice(2)).not.toBeInstanceOf(Promise);
  });

  it('hands out views of the chunks, not copies', async () => {
    const log = new EventLog({ readers: [reader([1, 2, 3, 4], 8)], tickMs: 200, clockHorizonMs: null });
    const [a, b] = [await log.nextSlice(2), await log.nextSlice(2)];
    expect(a!.rows[0]!.ts.buffer).toBe(b!.rows[0]!.ts.buffer);
    expect(a!.at.buffer).toBe(b!.at.buffer);
  });

  it('ticks after a row until the horizon is over, and falls silent in a long gap', async () => {
    const log = new EventLog({ readers: [reader([150, 1900], 8)], tickMs: 200, clockHorizonMs: 500 });
    expect(await read(log, [3])).toEqual([
      '0 0 @150 150',
      ...[200, 400, 600, 800].map((tick) => `${ENTRY_CLOCK} -1 @${tick}`),
      '0 0 @1900 1900',
      `${ENTRY_END} 0 @1900`,
    ]);
  });

  it('repeats what was put in by hand when it is given to another log', async () => {
    const watermark = { kind: ENTRY_WATERMARK, source: 0, partition: 0, payload: 7 };
    const open = (): SourceReader[] => [reader([1, 2, 3], 2), reader([2], 2)];
    const run = new EventLog({ readers: open(), tickMs: 200, clockHorizonMs: null });
    const lines = linesOf((await run.nextSlice(2))!);
    expect(run.appendEntry(watermark)).toBe(2);
    expect(run.appendEntry({ ...watermark, payload: 8 })).toBe(3);
    for (let slice = await run.nextSlice(9); slice !== null; slice = await run.nextSlice(9))
      lines.push(...linesOf(slice));
    expect(run.appendEntry(watermark)).toBe(lines.length);
    lines.push(...linesOf((await run.nextSlice(9))!));
    expect(lines.slice(2, 4)).toEqual([`${ENTRY_WATERMARK} 0 @2`, `${ENTRY_WATERMARK} 0 @2`]);
    const replay = new EventLog({ readers: open(), tickMs: 200, clockHorizonMs: null, appended: run.appended });
    expect(await read(replay, [1])).toEqual(lines);
  });
});
