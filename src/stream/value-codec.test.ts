import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnBuilder } from './column-builder.ts';
import { StateReader, StateWriter } from './state-codec.ts';
import type { DataType } from './types.ts';
import { BIGINT, BOOLEAN, DOUBLE, INT, STRING, TIMESTAMP, decimal, field } from './types.ts';
import type { Value } from './value.ts';
import { cell } from './value.ts';
import { readCell, writeCell } from './value-codec.ts';

const scalars: readonly (readonly [DataType, fc.Arbitrary<Value>])[] = [
  [BOOLEAN, fc.boolean()],
  [INT, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  [BIGINT, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  [DOUBLE, fc.double()],
  [TIMESTAMP, fc.integer()],
  [STRING, fc.string({ unit: 'binary' })],
  [decimal(20, 3), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })],
];

const typed: fc.Arbitrary<readonly [DataType, Value]> = fc.oneof(
  ...scalars.map(([type, values]) => fc.option(values).map((value) => [type, value] as const)),
  ...scalars.map(([type, values]) =>
    fc
      .array(fc.option(values), { maxLength: 4 })
      .map((list) => [{ kind: 'ARRAY', element: type } as const, list] as const),
  ),
  ...scalars.map(([type, values]) =>
    fc
      .array(fc.tuple(fc.string(), fc.option(values)), { maxLength: 4 })
      .map((entries) => [{ kind: 'MAP', value: type } as const, new Map(entries)] as const),
  ),
  fc.tuple(fc.option(fc.string()), fc.option(fc.integer({ min: 0, max: 9 }))).map(
    ([a, b]) =>
      [
        { kind: 'ROW', fields: [field('a', STRING), field('b', INT)] } as const,
        new Map<string, Value>([
          ['a', a],
          ['b', b],
        ]),
      ] as const,
  ),
);

test('a cell of any type is read back as it was written, through column and bytes', () => {
  fc.assert(
    fc.property(typed, ([type, value]) => {
      const builder = columnBuilder(type);
      builder.append(value);
      const column = builder.finish();
      const writer = new StateWriter();
      writeCell(writer, column, 0);
      const reader = new StateReader(writer.finish());
      builder.append(readCell(reader, type));
      expect(cell(builder.finish(), type, 0)).toEqual(cell(column, type, 0));
      expect(reader.atEnd()).toBe(true);
    }),
    { numRuns: 500 },
  );
});
