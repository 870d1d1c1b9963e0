import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Column } from '../../../stream/column.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Schema } from '../../../stream/types.ts';
import { BIGINT, BOOLEAN, BYTES, DOUBLE, INT, STRING, TIMESTAMP, decimal, field } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import { cell } from '../../../stream/value.ts';
import { NO_ROW, RowStore } from './row-store.ts';
import { StoredTexts } from './stored-texts.ts';

const types = [
  INT,
  DOUBLE,
  TIMESTAMP,
  BIGINT,
  BOOLEAN,
  decimal(9, 2),
  STRING,
  BYTES,
  { kind: 'ARRAY', element: STRING } as const,
];
const schema: Schema = { fields: types.map((type, i) => field(`f${i}`, type, true)) };

const text = fc.constantFrom('', 'a', 'b', 'a longer text that many rows share', 'é😀');
const row: fc.Arbitrary<readonly Value[]> = fc.tuple(
  ...[
    fc.integer({ min: -9, max: 9 }),
    fc.constantFrom(0, 1.5, -2, NaN, Infinity),
    fc.integer({ min: 0, max: 1e12 }),
    fc.constantFrom(0, 5, -7, 2n ** 60n, -(2n ** 61n)),
    fc.boolean(),
    fc.constantFrom(0n, 125n, -1n),
    text,
    fc.constantFrom(Uint8Array.of(), Uint8Array.of(1, 2)),
    fc.array(text, { maxLength: 2 }),
  ].map((value) => fc.option<Value>(value as fc.Arbitrary<Value>, { freq: 4 })),
);
type Row = readonly Value[];

function columnsOf(rows: readonly Row[]): readonly Column[] {
  return types.map((type, i) => {
    const builder = columnBuilder(type);
    for (const values of rows) builder.append(values[i] ?? null);
    return builder.finish();
  });
}

function rowsOf(columns: readonly Column[], count: number): readonly Row[] {
  return Array.from({ length: count }, (_, at) => columns.map((column, i) => cell(column, types[i]!, at)));
}

const step = fc.oneof(
  fc.record({ does: fc.constant('put' as const), rows: fc.array(row, { maxLength: 12 }), skips: fc.boolean() }),
  fc.record({ does: fc.constant('put one' as const), rows: fc.array(row, { minLength: 1, maxLength: 1 }) }),
  fc.record({ does: fc.constant('release' as const), share: fc.constantFrom(0.2, 0.6, 1), oneByOne: fc.boolean() }),
  fc.record({ does: fc.constant('restore' as const) }),
);

test('rows come out as they were put in, however many at a time, and after a snapshot, too', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let store = new RowStore(schema);
      let kept: { readonly handle: number; readonly row: Row }[] = [];
      for (const each of steps) {
        if (each.does === 'put') {
          const columns = columnsOf(each.rows);
          const picked = each.skips ? Int32Array.from(each.rows.keys()).filter((i) => i % 3 !== 1) : null;
          const handles = new Int32Array(picked?.length ?? each.rows.length);
          store.putRows(columns, picked, handles);
          handles.forEach((handle, i) =>
            kept.push({ handle, row: rowsOf(columns, each.rows.length)[picked?.[i] ?? i]! }),
          );
        } else if (each.does === 'put one') {
          const columns = columnsOf(each.rows);
          kept.push({ handle: store.put(columns, 0), row: rowsOf(columns, 1)[0]! });
        } else if (each.does === 'release') {
          const gone = kept.splice(0, Math.ceil(kept.length * each.share)).map(({ handle }) => handle);
          if (each.oneByOne) gone.forEach((handle) => store.release(handle));
          else store.releaseRows(Int32Array.from(gone));
        } else {
          const { next, handles, bytes } = restored(
            store,
            kept.map(({ handle }) => handle),
          );
          expect(next.bytes).toBe(store.bytes);
          expect(snapshotOf(next, handles)).toEqual(bytes);
          store = next;
          kept = kept.map(({ row: values }, i) => ({ handle: handles[i]!, row: values }));
        }
        expect(store.rows).toBe(kept.length);
        const gathered = store.gather(Int32Array.from(kept, ({ handle }) => handle));
        expect(rowsOf(gathered, kept.length)).toEqual(kept.map(({ row: values }) => values));
      }
    }),
    { numRuns: 200 },
  );
});

function snapshotOf(store: RowStore, handles: readonly number[]): Uint8Array {
  const writer = new StateWriter();
  store.writeRows(writer, Int32Array.from(handles));
  return writer.finish();
}

function restored(store: RowStore, handles: readonly number[]) {
  const bytes = snapshotOf(store, handles);
  const next = new RowStore(schema);
  const read = new Int32Array(handles.length);
  next.readRows(new StateReader(bytes), read);
  return { next, handles: [...read], bytes };
}

test('a row that is not there is NULL throughout', () => {
  const store = new RowStore(schema);
  const columns = columnsOf([[1, 2, 3, 4, true, 5n, 'x', Uint8Array.of(6), ['y']]]);
  const handle = store.put(columns, 0);
  const [absent, present] = rowsOf(store.gather(Int32Array.of(NO_ROW, handle)), 2);
  expect(absent).toEqual(types.map(() => null));
  expect(present).toEqual(rowsOf(columns, 1)[0]);
});

test('ever new texts take no more room than the rows that are kept', () => {
  const stored = new StoredTexts();
  stored.reserve(100);
  const handles = Int32Array.from({ length: 100 }, (_, i) => i);
  for (let round = 100; round < 300; round++) {
    if (round > 100) stored.clearRows(handles);
    const dictionary = Array.from(handles, (i) => `text ${round} ${i + 100}`);
    stored.putRows({ kind: 'text', ids: handles, dictionary, nulls: null }, null, handles);
    expect(stored.textBytes).toBe(100 * 'text 100 100'.length * 2);
    expect(stored.inMemory).toBeLessThan(500);
  }
});
