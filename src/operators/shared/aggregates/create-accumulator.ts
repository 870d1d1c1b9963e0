import { assertNever } from '../../../stream/assert.ts';
import type { DataType } from '../../../stream/types.ts';
import type { Accumulator } from './accumulator.ts';
import { Average } from './average.ts';
import type { BoundAggregate } from './bind-aggregate.ts';
import { Count } from './count.ts';
import { CountedExtremum, NumberExtremum, ScalarExtremum } from './extremum.ts';
import { DecimalSum, FloatSum, WholeSum } from './sum.ts';

export function createAccumulator(aggregate: BoundAggregate): Accumulator {
  const type: DataType | null = aggregate.argument === null ? null : aggregate.argument.type;
  switch (aggregate.function) {
    case 'count':
      return new Count();
    case 'sum':
      return type?.kind === 'DOUBLE' ? new FloatSum() : type?.kind === 'DECIMAL' ? new DecimalSum() : new WholeSum();
    case 'avg':
      return new Average(sumOf(type), type?.kind === 'DECIMAL' ? type.scale : 0);
    case 'min':
    case 'max': {
      const sign = aggregate.function === 'min' ? -1 : 1;
      if (aggregate.takesChanges) return new CountedExtremum(sign);
      return isPlainNumber(type) ? new NumberExtremum(sign) : new ScalarExtremum(sign);
    }
    default:
      return assertNever(aggregate.function, 'aggregate function');
  }
}

function sumOf(type: DataType | null): FloatSum | WholeSum | DecimalSum {
  if (type?.kind === 'DOUBLE') return new FloatSum();
  return type?.kind === 'DECIMAL' ? new DecimalSum() : new WholeSum();
}

function isPlainNumber(type: DataType | null): boolean {
  return type !== null && ['INT', 'DOUBLE', 'DATE', 'TIME', 'TIMESTAMP'].includes(type.kind);
}
