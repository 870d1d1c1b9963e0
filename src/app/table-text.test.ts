import { describe, expect, test } from 'vitest';
import { readTableText, writeTableText } from './table-text.ts';

const users = {
  columns: [
    { name: 'id', type: 'STRING' },
    { name: 'age', type: 'BIGINT' },
    { name: 'score', type: 'DOUBLE' },
    { name: 'since', type: 'DATE' },
    { name: 'paid', type: 'BOOLEAN' },
  ],
  rows: [
    ['007', 30, 1.5, '2026-01-15', true],
    ['ann', null, -2, '2025-12-31', false],
  ],
};

describe('a pasted table', () => {
  test.each([
    ['commas', 'id,age,score,since,paid\n007,30,1.5,2026-01-15,true\nann,,-2,2025-12-31,false\n'],
    [
      'tabs, as out of a spreadsheet',
      'id\tage\tscore\tsince\tpaid\r\n007\t30\t1.5\t2026-01-15\tTRUE\r\nann\t\t-2\t2025-12-31\tFALSE',
    ],
    ['semicolons', 'id;age;score;since;paid\n007;30;1.5;2026-01-15;true\nann;;-2;2025-12-31;false'],
    [
      'a JSON array',
      '[{"id":"007","age":30,"score":1.5,"since":"2026-01-15","paid":true},{"id":"ann","score":-2,"since":"2025-12-31","paid":false}]',
    ],
    [
      'an object a line',
      '{"id":"007","age":30,"score":1.5,"since":"2026-01-15","paid":true}\n{"id":"ann","age":null,"score":-2,"since":"2025-12-31","paid":false}',
    ],
  ])('with %s', (_, text) => {
    expect(readTableText(text)).toEqual({ ok: true, table: users });
  });

  test('keeps what is quoted, and reads back what is written', () => {
    const read = readTableText('name,says\n"Doe, Jane","she said ""hi""\non two lines"\n');
    expect(read).toMatchObject({ table: { rows: [['Doe, Jane', 'she said "hi"\non two lines']] } });
    for (const table of [users, ...(read.ok ? [read.table] : [])]) {
      expect(readTableText(writeTableText(table))).toEqual({ ok: true, table });
    }
  });

  test('keeps the types that were chosen, and numbers that a number cannot hold', () => {
    const types = new Map([['id', 'BIGINT']]);
    expect(readTableText('id,n\n9007199254740993,9007199254740993', types)).toEqual({
      ok: true,
      table: {
        columns: [
          { name: 'id', type: 'BIGINT' },
          { name: 'n', type: 'BIGINT' },
        ],
        rows: [['9007199254740993', '9007199254740993']],
      },
    });
  });

  test('of one column', () => {
    expect(readTableText('country\nDE\nFR')).toMatchObject({ table: { rows: [['DE'], ['FR']] } });
  });

  test.each([
    ['a,b\n1', 'Row 1 has 1 cells, the first line 2.'],
    ['a,,c\n1,2,3', 'The first line must name every column.'],
    ['[1, 2]', 'Record 1 is not an object.'],
    ['{"a": 1', 'This is not JSON: an array of objects, or an object a line.'],
  ])('%j is refused with the reason', (text, reason) => {
    expect(readTableText(text)).toEqual({ ok: false, reason });
  });
});
