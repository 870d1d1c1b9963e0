import type { Column } from '../stream/column.ts';
import { isNull } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';

/** Types of a column that can name a row's partition. */
export const PARTITION_TYPES = ['INT', 'BIGINT', 'STRING'] as const;

/**
 * The partition, 0 .. count - 1, of a row with this value in its partition column: a whole number counts modulo `count`, a
 * text goes by its hash, NULL to partition 0.
 */
export function partitionOf(value: Value, count: number): number {
  if (typeof value === 'number') return ((value % count) + count) % count;
  if (typeof value === 'bigint') {
    const rest = Number(value % BigInt(count));
    return (rest + count) % count;
  }
  return typeof value === 'string' ? textHash(value) % count : 0;
}

/** The partition of every row of a column. */
export function partitionsOf(column: Column, rows: number, count: number): Int32Array {
  const partitions = new Int32Array(rows);
  const ofText = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    if (isNull(column.nulls, row)) continue;
    if (column.kind === 'text') {
      const id = column.ids[row] ?? 0;
      let partition = ofText.get(id);
      if (partition === undefined) {
        partition = partitionOf(column.dictionary[id] ?? '', count);
        ofText.set(id, partition);
      }
      partitions[row] = partition;
    } else if (column.kind === 'int' || column.kind === 'float' || column.kind === 'long') {
      partitions[row] = partitionOf(column.values[row] ?? 0, count);
    }
  }
  return partitions;
}

/** FNV-1a over UTF-16 code units. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The partition, 0 .. count - 1, of a key that is a number from 0: the same for every source with the same seed. */
export function partitionOfKey(key: number, seed: number, count: number): number {
  return partitionHash(key, seed) % count;
}

/** 32 bits that a key has for a seed. */
export function partitionHash(key: number, seed: number): number {
  let hash = (key ^ Math.imul(seed | 0, 0x9e3779b1)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}
