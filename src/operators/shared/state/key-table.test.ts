import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Column } from '../../../stream/column.ts';
import { isNull, nullBitmap } from '../../../stream/column.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import { Random } from '../../../stream/random.ts';
import type { DataType, Field } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import { KeyTable } from './key-table.ts';

const types: readonly DataType[] = [
  { kind: 'INT' },
  { kind: 'DOUBLE' },
  { kind: 'BIGINT' },
  { kind: 'STRING' },
  { kind: 'BOOLEAN' },
];

const values: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  INT: fc.oneof(fc.integer({ min: -4, max: 4 }), fc.integer()),
  DOUBLE: fc.oneof(fc.constantFrom(0, -0, NaN, 1, 0.5, -Infinity, 2 ** 40), fc.double()),
  BIGINT: fc.oneof(fc.constantFrom<Value>(0, 1, 2n ** 60n, -(2n ** 60n)), fc.maxSafeInteger()),
  STRING: fc.oneof(fc.constantFrom('', 'a', 'b', 'c'), fc.string({ maxLength: 3 })),
  BOOLEAN: fc.boolean(),
};

interface Round {
  readonly rows: readonly (readonly Value[])[];
  /** Which rows are looked at, and which of those come to be held. */
  readonly seen: readonly boolean[];
  readonly held: readonly boolean[];
  /** How many of the oldest holds end in the middle of the round. */
  readonly released: number;
}

const scenario = fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 3 }).chain((kinds) =>
  fc.record({
    kinds: fc.constant(kinds),
    rounds: fc.array(
      fc
        .array(fc.tuple(...kinds.map((type) => fc.option(values[type.kind]!, { freq: 8, nil: null }))), {
          maxLength: 30,
        })
        .chain((rows) =>
          fc.record({
            rows: fc.constant(rows as readonly (readonly Value[])[]),
            seen: fc.array(fc.boolean(), { minLength: rows.length, maxLength: rows.length }),
            held: fc.array(fc.boolean(), { minLength: rows.length, maxLength: rows.length }),
            released: fc.nat({ max: 30 }),
          }),
        ),
      { maxLength: 8 },
    ),
  }),
);

/** What two rows have in common that are one key: -0 is 0, NaN is itself. */
function nameOf(row: readonly Value[]): string {
  return JSON.stringify(
    row.map((value) => (value === null ? null : `${typeof value === 'string' ? 's' : ''}${String(value)}`)),
  );
}

function columnsOf(kinds: readonly DataType[], rows: readonly (readonly Value[])[]): readonly Column[] {
  return kinds.map((type, i) => {
    const builder = columnBuilder(type);
    for (const row of rows) builder.append(row[i]!);
    return builder.finish();
  });
}

function namesOf(kinds: readonly DataType[], columns: readonly Column[], count: number): readonly string[] {
  const rows: Value[][] = [];
  for (let row = 0; row < count; row++) {
    const cells = kinds.map((type, i): Value => {
      const column = columns[i]!;
      if (column.nulls !== null && ((column.nulls[row >> 3]! >> (row & 7)) & 1) === 1) return null;
      if (column.kind === 'text') return column.dictionary[column.ids[row]!]!;
      if (column.kind === 'bool') return column.values[row] === 1;
      if (column.kind === 'int' || column.kind === 'float' || column.kind === 'long') return column.values[row]!;
      throw new Error(type.kind);
    });
    rows.push(cells);
  }
  return rows.map(nameOf);
}

function fieldsOf(kinds: readonly DataType[]): readonly Field[] {
  return kinds.map((type, i) => ({ name: `k${i}`, type, nullable: true }));
}

test('equal keys have one number and different ones two, through recycling, and read back as they came', () => {
  fc.assert(
    fc.property(scenario, ({ kinds, rounds }) => {
      const table = new KeyTable(fieldsOf(kinds));
      const holds: { readonly id: number; readonly name: string }[] = [];
      for (const { rows, seen, held, released } of rounds as readonly Round[]) {
        const columns = columnsOf(kinds, rows);
        const picked = rows.flatMap((_, row) => (seen[row] === true ? [row] : []));
        const ids = new Int32Array(rows.length);
        table.begin();
        const isAll = picked.length === rows.length;
        table.idsOf(columns, isAll ? null : Int32Array.from(picked), picked.length, ids);
        const nameOfId = new Map(holds.map(({ id, name }) => [id, name]));
        picked.forEach((row, i) => {
          const name = nameOf(rows[row]!);
          expect(nameOfId.get(ids[i]!) ?? name).toBe(name);
          nameOfId.set(ids[i]!, name);
          expect(table.idOf(columns, row)).toBe(ids[i]);
        });
        expect(new Set(nameOfId.values()).size).toBe(nameOfId.size);
        for (const { id } of holds.splice(0, released)) table.release(id);
        expect(namesOf(kinds, table.columnsOf(ids, picked.length), picked.length)).toEqual(
          picked.map((row) => nameOf(rows[row]!)),
        );
        picked.forEach((row, i) => {
          if (held[row] !== true) return;
          table.hold(ids[i]!);
          holds.push({ id: ids[i]!, name: nameOf(rows[row]!) });
        });
        table.settle();
        expect(table.size).toBe(new Set(holds.map(({ name }) => name)).size);
      }
      for (const { id } of holds) table.release(id);
      expect([table.size, table.textBytes]).toEqual([0, 0]);
    }),
    { numRuns: 300 },
  );
});

test('fresh keys for ever take no more numbers than are held at a time', () => {
  const table = new KeyTable([
    { name: 'n', type: { kind: 'DOUBLE' }, nullable: false },
    { name: 's', type: { kind: 'STRING' }, nullable: false },
  ]);
  const held: number[] = [];
  const ids = new Int32Array(100);
  let largest = 0;
  for (let round = 0; round < 500; round++) {
    const numbers = Float64Array.from({ length: 100 }, (_, i) => round * 100 + i + 0.5);
    const dictionary = Array.from(numbers, (n) => `key ${n}`);
    table.begin();
    table.idsOf(
      [
        { kind: 'float', values: numbers, nulls: null },
        { kind: 'text', ids: Int32Array.from(numbers, (_, i) => i), dictionary, nulls: null },
      ],
      null,
      100,
      ids,
    );
    for (const id of ids) {
      largest = Math.max(largest, id);
      table.hold(id);
      held.push(id);
    }
    for (const id of held.splice(0, held.length - 250)) table.release(id);
    table.settle();
  }
  expect(table.size).toBe(250);
  expect(largest).toBeLessThan(350);
});

test('thousands of numbers that come and go keep theirs while they are held, and are forgotten together', () => {
  const ranges = [3000, 200_000, 1e9].flatMap((range) => [
    { range, scale: 1 },
    { range, scale: 0.5 },
  ]);
  for (const { range, scale } of ranges) {
    const random = new Random(range);
    const table = new KeyTable([{ name: 'n', type: { kind: 'DOUBLE' }, nullable: true }]);
    const heldBy = new Map<number, { id: number; holds: number }>();
    const holds: number[] = [];
    const ids = new Int32Array(500);
    let most = 0;
    let wrong = 0;
    for (let round = 0; round < 120; round++) {
      const values = Float64Array.from(ids, () => random.below(range) * scale);
      // A burst of NULLs in between: what waits to be forgotten is told from what is held all the same.
      const nulls = round % 40 === 20 ? nullBitmap(500).fill(1) : null;
      table.begin();
      table.idsOf([{ kind: 'float', values, nulls }], null, 500, ids);
      for (const value of holds.splice(0, random.below(1100))) {
        const entry = heldBy.get(value)!;
        table.release(entry.id);
        if (--entry.holds === 0) heldBy.delete(value);
      }
      const back = table.columnsOf(ids, 500)[0]!;
      values.forEach((value, i) => {
        if (nulls !== null && isNull(nulls, i)) return;
        const entry = heldBy.get(value) ?? { id: ids[i]!, holds: 0 };
        if (back.kind !== 'float' || back.values[i] !== value || entry.id !== ids[i]) wrong++;
        entry.holds++;
        heldBy.set(value, entry);
        holds.push(value);
        table.hold(entry.id);
      });
      table.settle();
      expect(new Set([...heldBy.values()].map(({ id }) => id)).size).toBe(heldBy.size);
      expect(table.size).toBe(heldBy.size);
      most = Math.max(most, heldBy.size);
      expect(wrong).toBe(0);
      expect(table.bound).toBeLessThanOrEqual(most * 2 + 1024 + 500);
    }
    table.begin();
    for (const value of holds) table.release(heldBy.get(value)!.id);
    table.settle();
    expect([table.size, table.bound]).toEqual([0, 0]);
  }
});
