import { expect, test } from 'vitest';
import { readLookupTable } from './lookup-table.ts';

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'rate', type: 'DECIMAL(6, 2)' },
  { name: 'since', type: 'DATE' },
];

test('cells are read by the type of their column', () => {
  const read = readLookupTable({
    columns,
    rows: [
      ['9007199254740993', 1.5, '1970-01-03'],
      [7, '-2', null],
    ],
  });
  expect(read.ok && read.value.rows).toEqual([
    [9007199254740993n, 150n, 2],
    [7, -200n, null],
  ]);
  expect(read.ok && read.value.fields.map(({ nullable }) => nullable)).toEqual([false, false, true]);
});

test('a cell that has not the type of its column is a problem at its place', () => {
  const read = readLookupTable({ columns, rows: [[1.5, 1, null], [1, '12345.6', 'soon'], [1]] });
  expect(read.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'table-cell config.table.rows.0.0',
    'table-cell config.table.rows.1.1',
    'table-cell config.table.rows.1.2',
    'table-row config.table.rows.2',
  ]);
});

test('a type that there is not, and a name that is there twice', () => {
  const faulty = [
    { name: 'a', type: 'POINT' },
    { name: 'a', type: 'INT' },
  ];
  expect(readLookupTable({ columns: faulty, rows: [] }).problems.map(({ code }) => code)).toEqual([
    'unknown-type',
    'duplicate-column',
  ]);
});
