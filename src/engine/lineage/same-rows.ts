import type { Batch, Origin } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';

/** A row of a batch. */
export interface RowAt {
  readonly batch: Batch;
  readonly row: number;
}

/**
 * Whether two lists of batches are known to have the same rows, in all that results tell of them: position, kind, time,
 * values, window and key. False also where the same rows lie in memory in two ways: their texts tell.
 */
export function areSameBatches(a: readonly Batch[], b: readonly Batch[]): boolean {
  return a.length === b.length && a.every((batch, i) => isSameBatch(batch, b[i]));
}

function isSameBatch(a: Batch, b: Batch | undefined): boolean {
  const count = rowCount(a);
  if (b === undefined || count !== rowCount(b)) return false;
  for (let i = 0; i < count; i++) if (!isSameRow(a, rowAt(a, i), b, rowAt(b, i))) return false;
  return true;
}

/** The same of two lists of rows. */
export function areSameRows(a: readonly RowAt[], b: readonly RowAt[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ batch, row }, i) => {
      const other = b[i];
      return other !== undefined && isSameRow(batch, row, other.batch, other.row);
    })
  );
}

function isSameRow(a: Batch, rowOfA: number, b: Batch, rowOfB: number): boolean {
  return (
    a.seq[rowOfA] === b.seq[rowOfB] &&
    Object.is(a.ts[rowOfA], b.ts[rowOfB]) &&
    phaseAt(a, rowOfA) === phaseAt(b, rowOfB) &&
    kindAt(a, rowOfA) === kindAt(b, rowOfB) &&
    areSameCells(a.columns, rowOfA, b.columns, rowOfB) &&
    isSameOrigin(a.origin, rowOfA, b.origin, rowOfB)
  );
}

function isSameOrigin(a: Origin | null, rowOfA: number, b: Origin | null, rowOfB: number): boolean {
  if (a === null || b === null) return a === b;
  return (
    FIGURES.every((figure) => Object.is(a[figure][rowOfA], b[figure][rowOfB])) &&
    a.keyFields.length === b.keyFields.length &&
    areSameCells(a.keyColumns, rowOfA, b.keyColumns, rowOfB)
  );
}

const FIGURES = ['windowStartMs', 'windowEndMs', 'timing', 'paneIndex'] as const satisfies readonly (keyof Origin)[];

function areSameCells(a: readonly Column[], rowOfA: number, b: readonly Column[], rowOfB: number): boolean {
  if (a.length !== b.length) return false;
  return a.every((column, i) => {
    const other = b[i];
    return other !== undefined && isSameCell(column, rowOfA, other, rowOfB);
  });
}

function isSameCell(a: Column, rowOfA: number, b: Column, rowOfB: number): boolean {
  const isMissing = isNull(a.nulls, rowOfA);
  if (isMissing || isNull(b.nulls, rowOfB)) return isMissing && isNull(b.nulls, rowOfB);
  switch (a.kind) {
    case 'text':
      return b.kind === 'text' && a.dictionary[a.ids[rowOfA] ?? -1] === b.dictionary[b.ids[rowOfB] ?? -1];
    case 'bool':
    case 'int':
    case 'float':
    case 'long':
    case 'decimal':
      return a.kind === b.kind && Object.is(a.values[rowOfA], b.values[rowOfB]);
    case 'list': {
      if (b.kind !== 'list') return false;
      const [from, to] = [a.offsets[rowOfA] ?? 0, a.offsets[rowOfA + 1] ?? 0];
      const other = b.offsets[rowOfB] ?? 0;
      if (to - from !== (b.offsets[rowOfB + 1] ?? 0) - other) return false;
      for (let i = 0; i < to - from; i++) if (!isSameCell(a.child, from + i, b.child, other + i)) return false;
      return true;
    }
    case 'row':
      return b.kind === 'row' && areSameCells(a.children, rowOfA, b.children, rowOfB);
    case 'bytes':
    case 'map':
      return false;
  }
}
