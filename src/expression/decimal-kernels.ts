import { isNull } from '../stream/column.ts';
import type { DataType } from '../stream/types.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { DIVISION_BY_ZERO } from './arithmetic-kernels.ts';
import { asked, askedRow, eitherNull, outputFor } from './column-kernels.ts';
import { scaleOf } from './compare-kernels.ts';
import type { Compiled } from './compiled.ts';
import { divideHalfUp, fitsPrecision, powerOfTen, rescale } from './decimal.ts';
import type { ArithmeticOperator } from './syntax.ts';

/** DECIMAL: exact, then rounded half up to the result's scale; NULL where it has too many digits. Flink `DecimalDataUtils`. */
export function decimalArithmetic(
  operator: ArithmeticOperator,
  type: DataType & { kind: 'DECIMAL' },
  left: Compiled,
  right: Compiled,
): Kernel {
  const [s1, s2] = [scaleOf(left.type), scaleOf(right.type)];
  return (frame) => {
    const [a, b] = [left.run(frame), right.run(frame)];
    const output = outputFor(type, frame);
    if (a.kind !== 'decimal' || b.kind !== 'decimal') return output.finish();
    const nulls = eitherNull(a.nulls, b.nulls, frame.length);
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      if (isNull(nulls, row)) {
        output.set(row, null);
        continue;
      }
      const [x, y] = [a.values[row]!, b.values[row]!];
      if (y === 0n && (operator === '/' || operator === '%')) {
        frame.errors.fail(row, DIVISION_BY_ZERO);
        output.set(row, null);
        continue;
      }
      const result = decimalOperation(operator, [x, s1], [y, s2], type.scale);
      output.set(row, fitsPrecision(result, type.precision) ? result : null);
    }
    return output.finish();
  };
}

/** `operator` on two values, each [unscaled, scale], as an unscaled value of `scale`. The divisor is not 0. */
export function decimalOperation(
  operator: ArithmeticOperator,
  [x, s1]: readonly [bigint, number],
  [y, s2]: readonly [bigint, number],
  scale: number,
): bigint {
  const common = Math.max(s1, s2);
  switch (operator) {
    case '+':
      return rescale(rescale(x, s1, common) + rescale(y, s2, common), common, scale);
    case '-':
      return rescale(rescale(x, s1, common) - rescale(y, s2, common), common, scale);
    case '*':
      return rescale(x * y, s1 + s2, scale);
    case '/': {
      const shift = scale + s2 - s1;
      return shift >= 0 ? divideHalfUp(x * powerOfTen(shift), y) : divideHalfUp(x, y * powerOfTen(-shift));
    }
    case '%':
      return rescale(rescale(x, s1, common) % rescale(y, s2, common), common, scale);
  }
}
