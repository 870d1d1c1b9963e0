import type { BoolColumn, Column } from '../stream/column.ts';
import { isNull } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';
import { asked, askedRow, eitherNull, readValue } from './column-kernels.ts';
import { compareValues } from './compare-values.ts';
import { floatsAgainst, floatsThat, intsAgainst, intsThat, twoFloats, twoInts } from './comparison-loop-kernels.ts';
import type { Compiled, Select } from './compiled.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import type { Frame } from './frame.ts';
import { EntryMemo } from './entry-memo-kernels.ts';
import { trueRows, withoutNulls } from './selection-kernels.ts';
import type { Space } from './space.ts';
import type { ComparisonOperator } from './syntax.ts';
import type { ExprType } from './expr-type.ts';

const MIRRORED = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

export interface Comparing {
  /** The comparison as a BOOLEAN column. NULL where either operand is. */
  readonly run: Kernel;
  /** The rows for which it holds. */
  readonly select: Select | undefined;
}

/** A comparison of two operands of one kind. */
export function comparison(operator: ComparisonOperator, left: Compiled, right: Compiled, space: Space): Comparing {
  if (left.constant !== undefined && right.constant === undefined)
    return comparison(MIRRORED[operator], right, left, space);
  const k = right.constant;
  if (typeof k === 'number' || typeof k === 'boolean') return byConstant(operator, left, right, space);
  const types = [left.type, right.type] as const;
  const of = (a: Column, b: Column, frame: Frame): BoolColumn => columns(operator, [a, b], types, { frame, space });
  if (typeof k !== 'string') return { run: (frame) => of(left.run(frame), right.run(frame), frame), select: undefined };
  // Decided once for each text that occurs.
  const holds = (text: string): boolean => satisfies(operator, compareValues(text, k));
  const memo = new EntryMemo(operator === '=' ? (text): boolean => text === k : holds, space);
  const run = (frame: Frame): Column => {
    const a = left.run(frame);
    if (a.kind !== 'text') return of(a, right.run(frame), frame);
    return { kind: 'bool', values: memo.flags(a, frame), nulls: a.nulls };
  };
  return { run, select: undefined };
}

function byConstant(operator: ComparisonOperator, left: Compiled, right: Compiled, space: Space): Comparing {
  const k = Number(right.constant);
  const of = (a: Column, frame: Frame): BoolColumn => {
    const { nulls } = a;
    if (a.kind === 'float')
      return { kind: 'bool', values: floatsAgainst(operator, a.values, k, space.bytes(frame)), nulls };
    if (a.kind === 'int')
      return { kind: 'bool', values: intsAgainst(operator, a.values, k, space.bytes(frame)), nulls };
    return columns(operator, [a, right.run(frame)], [left.type, right.type], { frame, space });
  };
  const select: Select = (frame, into) => {
    const a = left.run(frame);
    const target = { count: frame.length, into };
    if (frame.rows === null && a.kind === 'float')
      return withoutNulls(a.nulls, into, floatsThat(operator, a.values, k, target));
    if (frame.rows === null && a.kind === 'int')
      return withoutNulls(a.nulls, into, intsThat(operator, a.values, k, target));
    return trueRows(of(a, frame), frame, into);
  };
  return { run: (frame) => of(left.run(frame), frame), select };
}

export function satisfies(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function columns(
  operator: ComparisonOperator,
  [a, b]: readonly [Column, Column],
  types: readonly [ExprType, ExprType],
  { frame, space }: { readonly frame: Frame; readonly space: Space },
): BoolColumn {
  const nulls = eitherNull(a.nulls, b.nulls, frame.length);
  const out = space.bytes(frame);
  if (a.kind === 'float' && b.kind === 'float')
    return { kind: 'bool', values: twoFloats(operator, a.values, b.values, out), nulls };
  if (a.kind === 'int' && b.kind === 'int')
    return { kind: 'bool', values: twoInts(operator, a.values, b.values, out), nulls };
  const scales = [scaleOf(types[0]), scaleOf(types[1])] as const;
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    if (isNull(nulls, row)) continue;
    const order = compareValues(readValue(a, types[0], row), readValue(b, types[1], row), scales);
    out[row] = satisfies(operator, order) ? 1 : 0;
  }
  return { kind: 'bool', values: out, nulls };
}

export function scaleOf(type: ExprType): number {
  return type.kind === 'DECIMAL' ? type.scale : 0;
}

/** IS [NOT] DISTINCT FROM: never NULL. */
export function distinctness(negated: boolean, left: Compiled, right: Compiled, space: Space): Kernel {
  return (frame) => {
    const [a, b] = [left.run(frame), right.run(frame)];
    const out = space.bytes(frame);
    const scales = [scaleOf(left.type), scaleOf(right.type)] as const;
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      const [x, y]: [Value, Value] = [readValue(a, left.type, row), readValue(b, right.type, row)];
      const same = x === null || y === null ? x === y : compareValues(x, y, scales) === 0;
      out[row] = same === negated ? 1 : 0;
    }
    return { kind: 'bool', values: out, nulls: null };
  };
}
