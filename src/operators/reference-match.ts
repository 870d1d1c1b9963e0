import type { StreamType } from '../stream/batch.ts';
import type { Field, Schema } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { evaluateExpression } from './reference-expression.ts';
import type { BoundMatch } from './shared/joins/bind-join.ts';

/** Left or right, as the inputs are numbered. */
export type Side = 0 | 1;

export function otherSide(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** When rows of two inputs match, told one pair at a time. */
export class ReferenceMatch {
  private readonly match: Pick<BoundMatch, 'leftKey' | 'rightKey'> & Partial<BoundMatch>;
  private readonly schema: Schema;
  private readonly widths: readonly [number, number];

  constructor(match: ReferenceMatch['match'], [left, right]: readonly Pick<StreamType, 'schema'>[]) {
    this.match = match;
    this.schema = sideBySide(left!.schema, right!.schema);
    this.widths = [left!.schema.fields.length, right!.schema.fields.length];
  }

  keyOf(side: Side, values: readonly Value[]): readonly Value[] {
    const { columns } = side === 0 ? this.match.leftKey : this.match.rightKey;
    return columns.map((column) => values[column] ?? null);
  }

  /** Whether a NULL in its key keeps the row from ever matching. */
  lacksKey(side: Side, values: readonly Value[]): boolean {
    return this.keyOf(side, values).some((value, i) => value === null && this.match.nullSafe?.[i] !== true);
  }

  /** NULL is equal to NULL in null-safe columns alone. */
  keysMatch(left: readonly Value[], right: readonly Value[]): boolean {
    const rightKey = this.keyOf(1, right);
    return this.keyOf(0, left).every((value, i) => {
      if (value === null || rightKey[i] === null) return value === rightKey[i] && this.match.nullSafe?.[i] === true;
      return sameValue(value, rightKey[i]!);
    });
  }

  /** Whether the further condition is TRUE for the joined row; null when it fails. */
  residualHolds(left: readonly Value[], right: readonly Value[]): boolean | null {
    const { residual } = this.match;
    if (residual === undefined || residual === null) return true;
    const outcome = evaluateExpression(residual, this.schema, [...left, ...right]);
    return outcome.ok ? outcome.value === true : null;
  }

  /** A row beside one of the other side, or beside NULLs. */
  joined(side: Side, values: readonly Value[], other: readonly Value[] | null): readonly Value[] {
    const beside = other ?? Array.from({ length: this.widths[otherSide(side)] }, () => null);
    return side === 0 ? [...values, ...beside] : [...beside, ...values];
  }
}

/** The left columns, then the right ones, each with a name of its own. */
function sideBySide(left: Schema, right: Schema): Schema {
  const fields: Field[] = [...left.fields];
  for (const field of right.fields) {
    let { name } = field;
    while (fields.some((other) => other.name === name)) name = `right_${name}`;
    fields.push({ ...field, name });
  }
  return { fields };
}

/** Whether two values are one: NaN is equal to itself, 0 to −0, NULL to NULL; lists item by item. */
export function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return sameValues(a as Value[], b as Value[]);
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

export function sameValues(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, i) => sameValue(value, b[i] ?? null));
}
