import { describe, expect, test } from 'vitest';
import { columnBuilder } from '../../../stream/column-builder.ts';
import type { DataType } from '../../../stream/types.ts';
import { BIGINT, BOOLEAN, BYTES, DOUBLE, INT, STRING, decimal, field } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import { keyBytesAt } from './key-bytes.ts';

function hexOf(...cells: readonly (readonly [DataType, Value])[]): string {
  const columns = cells.map(([type, value]) => {
    const builder = columnBuilder(type);
    builder.append(value);
    return builder.finish();
  });
  const fields = cells.map(([type], i) => field(`c${i}`, type));
  return [...keyBytesAt(columns, fields, 0)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

describe('a key in bytes', () => {
  test('has whole numbers big-endian in two’s complement', () => {
    expect(hexOf([INT, 258])).toBe('00000102');
    expect(hexOf([INT, -1])).toBe('ffffffff');
    expect(hexOf([BIGINT, -2])).toBe('fffffffffffffffe');
    expect(hexOf([BIGINT, 2n ** 62n])).toBe('4000000000000000');
  });

  test('has doubles as their bits', () => {
    expect(hexOf([DOUBLE, 1.5])).toBe('3ff8000000000000');
    expect(hexOf([DOUBLE, -1.5])).toBe('bff8000000000000');
  });

  test('has texts as UTF-8, whatever they hold', () => {
    expect(['', 'a\0', 'ä', '\uff5a', '\u{1f600}z'].map((text) => hexOf([STRING, text]))).toEqual([
      '',
      '6100',
      'c3a4',
      'efbd9a',
      'f09f98807a',
    ]);
    expect(hexOf([STRING, 'a\ud800'])).toBe('613f');
  });

  test('has the columns one after the other, and nothing for NULL', () => {
    expect(hexOf([STRING, 'ab'], [STRING, null], [BOOLEAN, true], [BYTES, Uint8Array.of(0, 200)])).toBe('61620100c8');
    expect(hexOf([decimal(4, 2), -1n])).toBe('f'.repeat(32));
  });
});
