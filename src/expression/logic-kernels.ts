import type { BoolColumn, Column } from '../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../stream/column.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { asked, askedRow } from './column-kernels.ts';
import type { Compiled, Select } from './compiled.ts';
import type { Frame } from './frame.ts';
import { selectRows } from './selection-kernels.ts';
import type { Space } from './space.ts';

/**
 * Three-valued AND and OR. The right side is run only for rows that the left one does not decide, when it can fail;
 * otherwise for all, which is faster than listing rows.
 */
export function logic(operator: 'and' | 'or', left: Compiled, right: Compiled, space: Space): Kernel {
  const deciding = operator === 'and' ? 0 : 1;
  return (frame) => {
    const a = left.run(frame) as BoolColumn;
    if (!right.canFail) return combine(deciding, a, right.run(frame) as BoolColumn, space.bytes(frame));
    const rows = undecided(deciding, a, frame);
    const b = right.run({ ...frame, rows }) as BoolColumn;
    const values = space.bytes(frame).fill(deciding);
    let nulls: Uint8Array | null = null;
    for (const row of rows) {
      const bNull = isNull(b.nulls, row);
      if (!bNull && b.values[row] === deciding) continue;
      values[row] = 1 - deciding;
      if (bNull || isNull(a.nulls, row)) setNull((nulls ??= nullBitmap(frame.length)), row);
    }
    return { kind: 'bool', values, nulls };
  };
}

/**
 * The rows for which both sides are TRUE: the right one is asked about those of the left. Undefined where a row that the
 * left side does not know must fail in the right one.
 */
export function bothSelect(left: Compiled, right: Compiled): Select | undefined {
  if (right.canFail && (left.nullable || left.canFail)) return undefined;
  return (frame, into) => {
    const found = selectRows(left, frame, into);
    if (found === 0) return 0;
    return selectRows(right, { ...frame, rows: into.subarray(0, found) }, into);
  };
}

function undecided(deciding: number, a: BoolColumn, frame: Frame): Int32Array {
  const rows = new Int32Array(asked(frame));
  let found = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = askedRow(frame, i);
    if (isNull(a.nulls, row) || a.values[row] !== deciding) rows[found++] = row;
  }
  return rows.subarray(0, found);
}

function combine(deciding: number, a: BoolColumn, b: BoolColumn, values: Uint8Array): Column {
  const n = values.length;
  const [x, y] = [a.values, b.values];
  if (a.nulls === null && b.nulls === null) {
    if (deciding === 0) for (let i = 0; i < n; i++) values[i] = x[i]! & y[i]!;
    else for (let i = 0; i < n; i++) values[i] = x[i]! | y[i]!;
    return { kind: 'bool', values, nulls: null };
  }
  const nulls = nullBitmap(n);
  for (let byte = 0; byte < nulls.length; byte++) {
    const [aNulls, bNulls] = [a.nulls === null ? 0 : a.nulls[byte]!, b.nulls === null ? 0 : b.nulls[byte]!];
    const from = byte * 8;
    const to = Math.min(n, from + 8);
    if ((aNulls | bNulls) === 0) {
      if (deciding === 0) for (let i = from; i < to; i++) values[i] = x[i]! & y[i]!;
      else for (let i = from; i < to; i++) values[i] = x[i]! | y[i]!;
      continue;
    }
    let unknown = 0;
    for (let i = from; i < to; i++) {
      const bit = 1 << (i & 7);
      const decided = ((aNulls & bit) === 0 && x[i] === deciding) || ((bNulls & bit) === 0 && y[i] === deciding);
      values[i] = decided ? deciding : 1 - deciding;
      if (!decided) unknown |= (aNulls | bNulls) & bit;
    }
    nulls[byte] = unknown;
  }
  return { kind: 'bool', values, nulls };
}

export function not(operand: Compiled, space: Space): Kernel {
  return (frame) => {
    const a = operand.run(frame) as BoolColumn;
    const n = frame.length;
    const [x, values] = [a.values, space.bytes(frame)];
    for (let i = 0; i < n; i++) values[i] = x[i]! ^ 1;
    return { kind: 'bool', values, nulls: a.nulls };
  };
}

/** IS NULL and IS NOT NULL, from the bitmap alone. */
export function nullTest(negated: boolean, operand: Compiled, space: Space): Kernel {
  return (frame) => {
    const { nulls } = operand.run(frame);
    const n = frame.length;
    const values = space.bytes(frame);
    if (nulls === null) return { kind: 'bool', values: values.fill(negated ? 1 : 0), nulls: null };
    const flip = negated ? 1 : 0;
    for (let i = 0; i < n; i++) values[i] = ((nulls[i >> 3]! >> (i & 7)) & 1) ^ flip;
    return { kind: 'bool', values, nulls: null };
  };
}

/** IS [NOT] TRUE, IS [NOT] FALSE. */
export function truthTest(truth: boolean, negated: boolean, operand: Compiled, space: Space): Kernel {
  const wanted = truth ? 1 : 0;
  return (frame) => {
    const a = operand.run(frame) as BoolColumn;
    const n = frame.length;
    const values = space.bytes(frame);
    for (let i = 0; i < n; i++) {
      const holds = a.values[i] === wanted && !isNull(a.nulls, i);
      values[i] = holds === negated ? 0 : 1;
    }
    return { kind: 'bool', values, nulls: null };
  };
}
