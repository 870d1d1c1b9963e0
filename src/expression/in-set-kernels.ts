import type { Column } from '../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { asked, askedRow, readValue } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import { EntryMemo } from './entry-memo-kernels.ts';
import type { Frame } from './frame.ts';
import type { Space } from './space.ts';
import type { ExprType } from './expr-type.ts';

/** Up to this many numbers are compared one by one. */
const FEW = 8;

/** `operand IN (values)`. NULL where the operand is, and where nothing matches although NULL was among the values. */
export function inSet(operand: Compiled, values: readonly Value[], orNull: boolean, space: Space): Kernel {
  const set = new Set(values);
  const memo = new EntryMemo((text) => set.has(text), space);
  return (frame) => {
    const column = operand.run(frame);
    const found =
      column.kind === 'text' ? memo.flags(column, frame) : numbersIn(column, operand.type, set, { frame, space });
    if (!orNull) return { kind: 'bool', values: found, nulls: column.nulls };
    const nulls = nullBitmap(frame.length);
    for (let row = 0; row < frame.length; row++) if (found[row] === 0 || isNull(column.nulls, row)) setNull(nulls, row);
    return { kind: 'bool', values: found, nulls };
  };
}

interface Target {
  readonly frame: Frame;
  readonly space: Space;
}

function numbersIn(column: Column, type: ExprType, set: ReadonlySet<Value>, { frame, space }: Target): Uint8Array {
  const out = space.bytes(frame).fill(0);
  if ((column.kind === 'int' || column.kind === 'float') && set.size <= FEW) {
    for (const value of set) {
      if (typeof value !== 'number') continue;
      if (column.kind === 'int') for (let i = 0; i < frame.length; i++) out[i]! |= +(column.values[i]! === value);
      else for (let i = 0; i < frame.length; i++) out[i]! |= +(column.values[i]! === value);
    }
    return out;
  }
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    const value = readValue(column, type, row);
    // A Set finds NaN, SQL does not: NaN = NaN is not true in Flink.
    if (value !== null && !Number.isNaN(value) && set.has(value)) out[row] = 1;
  }
  return out;
}
