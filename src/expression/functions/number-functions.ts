import type { DataType } from '../../stream/types.ts';
import { DOUBLE, decimal } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { bigintValue } from '../cast-value.ts';
import { compareValues } from '../compare-values.ts';
import { decimalToNumber, divideHalfUp, parseDecimal, powerOfTen } from '../decimal.ts';
import type { ExprType } from '../expr-type.ts';
import { isDataType } from '../expr-type.ts';
import type { CallSite, FunctionDefinition, Scalar, Signature } from './definition.ts';
import { alias, define, number, signature } from './helpers.ts';

type Rounding = 'half-up' | 'down' | 'floor' | 'ceil';

function firstType(types: readonly ExprType[]): ExprType {
  return types[0] ?? DOUBLE;
}

/** DECIMAL(p, s) without its fraction; other numbers stay. */
function withoutScale(types: readonly ExprType[]): ExprType {
  const type = firstType(types);
  return type.kind === 'DECIMAL' ? decimal(type.precision, 0) : type;
}

function scaleOf(type: ExprType | undefined): number {
  return type?.kind === 'DECIMAL' ? type.scale : 0;
}

/** `value` / `step` as a whole number. `step` is positive. */
function divided(value: bigint, step: bigint, rounding: Rounding): bigint {
  if (rounding === 'half-up') return divideHalfUp(value, step);
  const quotient = value / step;
  const rest = value % step;
  if (rounding === 'floor' && rest < 0n) return quotient - 1n;
  return rounding === 'ceil' && rest > 0n ? quotient + 1n : quotient;
}

/** An unscaled value with its digits behind position `digits` (negative: before the point) turned to zero. */
function roundUnscaled(value: bigint, scale: number, digits: number, rounding: Rounding): bigint {
  if (digits >= scale) return value;
  const step = powerOfTen(Math.min(400, scale - digits));
  return divided(value, step, rounding) * step;
}

/** By the decimal digits that the double prints with, as Java's `BigDecimal.valueOf`. */
function roundDouble(value: number, digits: number, rounding: Rounding): number {
  if (!Number.isFinite(value) || digits > 400) return value;
  if (digits < -400) return 0;
  const exact = parseDecimal(String(value), 340);
  if (exact === null) return value;
  return decimalToNumber(roundUnscaled(exact, 340, digits, rounding), 340);
}

function rounder(site: CallSite, rounding: Rounding): Scalar {
  const [type] = site.types;
  const digitsOf = (args: readonly Value[]): number => (args.length > 1 ? number(args, 1) : 0);
  if (type?.kind === 'DOUBLE') return (args) => roundDouble(number(args, 0), digitsOf(args), rounding);
  const scale = scaleOf(type);
  const resultScale = scaleOf(site.result);
  if (type?.kind === 'DECIMAL') {
    return (args) =>
      roundUnscaled(args[0] as bigint, scale, Math.min(digitsOf(args), resultScale), rounding) /
      powerOfTen(scale - resultScale);
  }
  return (args) => {
    const digits = digitsOf(args);
    if (digits >= 0) return args[0] ?? null;
    const rounded = roundUnscaled(BigInt(args[0] as number | bigint), 0, digits, rounding);
    return type?.kind === 'INT' ? Number(BigInt.asIntN(32, rounded)) : bigintValue(rounded);
  };
}

function wholeNumber(rounding: 'floor' | 'ceil'): Signature {
  const round = rounding === 'floor' ? Math.floor : Math.ceil;
  return {
    params: ['NUMBER'],
    returns: withoutScale,
    make: (site) => {
      if (site.types[0]?.kind === 'DOUBLE') return (args) => round(number(args, 0));
      const step = powerOfTen(scaleOf(site.types[0]));
      if (site.types[0]?.kind === 'DECIMAL') return (args) => divided(args[0] as bigint, step, rounding);
      return (args) => args[0] ?? null;
    },
  };
}

/** FLOOR and CEIL of numbers; those of times stand with the time functions. */
export const floorNumber = wholeNumber('floor');
export const ceilNumber = wholeNumber('ceil');

/** Flink's ROUND of a DECIMAL keeps as many digits as asked for, when that is a constant. */
function roundSignatures(rounding: Rounding): readonly Signature[] {
  return [
    { params: ['NUMBER'], returns: withoutScale, make: (site) => rounder(site, rounding) },
    { params: ['NUMBER', 'INTEGER'], returns: firstType, make: (site) => rounder(site, rounding) },
  ];
}

/** ABS and SIGN, exact in every type. */
function bySign(ofNumber: (x: number) => number, ofBigint: (x: bigint, type: ExprType) => Value): Signature {
  return {
    params: ['NUMBER'],
    returns: firstType,
    make: ({ types }) => {
      const type = firstType(types);
      if (type.kind === 'DOUBLE') return (args) => ofNumber(number(args, 0));
      if (type.kind === 'INT') return (args) => ofNumber(number(args, 0)) | 0;
      if (type.kind === 'DECIMAL') return (args) => ofBigint(args[0] as bigint, type);
      return (args) =>
        typeof args[0] === 'bigint'
          ? bigintValue(BigInt(ofBigint(args[0], type) as bigint))
          : ofNumber(number(args, 0)) + 0;
    },
  };
}

function real(name: string, docs: string, f: (x: number) => number): FunctionDefinition {
  return define(
    name,
    `${name}(number)`,
    docs,
    signature(['DOUBLE'], DOUBLE, (args) => f(number(args, 0))),
  );
}

function extreme(name: string, docs: string, wanted: -1 | 1): FunctionDefinition {
  const pick: Scalar = (args) => {
    let best = args[0] ?? null;
    for (const value of args) if (Math.sign(compareValues(value, best)) === wanted) best = value;
    return best;
  };
  const returns = (types: readonly ExprType[]): DataType => {
    const type = firstType(types);
    return isDataType(type) ? type : DOUBLE;
  };
  return define(name, `${name}(value, …)`, docs, { params: ['same'], rest: 'same', returns, make: () => pick });
}

/** The same among the values that are known; NULL if none is. */
function knownExtreme(name: string, { signatures }: FunctionDefinition): FunctionDefinition {
  const known = signatures.map((strict): Signature => ({
    ...strict,
    nulls: 'called',
    make: (site) => {
      const pick = strict.make(site);
      return (args) => pick(args.filter((value) => value !== null));
    },
  }));
  return { ...define(name, `${name}(value, …)`, 'As a dialect has it that passes over NULL.', ...known), hidden: true };
}

const greatest = extreme('GREATEST', 'The largest; NULL if any is.', 1);
const least = extreme('LEAST', 'The smallest; NULL if any is.', -1);

const rounding: readonly FunctionDefinition[] = [
  define(
    'ROUND',
    'ROUND(number [, digits])',
    'To that many digits behind the point, halves away from zero.',
    ...roundSignatures('half-up'),
  ),
  define('TRUNCATE', 'TRUNCATE(number [, digits])', 'Cut off behind that many digits.', ...roundSignatures('down')),
  define(
    'ABS',
    'ABS(number)',
    'Without its sign.',
    bySign(Math.abs, (x) => (x < 0n ? -x : x)),
  ),
  define(
    'SIGN',
    'SIGN(number)',
    '-1, 0 or 1, in the type of the number.',
    bySign(Math.sign, (x, type) => (x === 0n ? 0n : x < 0n ? -1n : 1n) * powerOfTen(scaleOf(type))),
  ),
  greatest,
  least,
  knownExtreme('GREATEST_KNOWN', greatest),
  knownExtreme('LEAST_KNOWN', least),
];

const reals: readonly FunctionDefinition[] = [
  alias(
    define(
      'POWER',
      'POWER(base, exponent)',
      'A power, as DOUBLE.',
      signature(['DOUBLE', 'DOUBLE'], DOUBLE, (args) => number(args, 0) ** number(args, 1)),
    ),
    'POW',
  ),
  real('SQRT', 'Square root; NaN below 0.', Math.sqrt),
  real('EXP', 'e to that power.', Math.exp),
  real('LN', 'Natural logarithm; -Infinity at 0, NaN below.', Math.log),
  real('LOG10', 'Logarithm to base 10.', Math.log10),
  real('LOG2', 'Logarithm to base 2.', Math.log2),
  define(
    'LOG',
    'LOG([base,] number)',
    'Logarithm, natural without a base.',
    signature(['DOUBLE'], DOUBLE, (args) => Math.log(number(args, 0))),
    signature(['DOUBLE', 'DOUBLE'], DOUBLE, (args) => Math.log(number(args, 1)) / Math.log(number(args, 0))),
  ),
  ...(['SIN', 'COS', 'TAN', 'ASIN', 'ACOS', 'ATAN', 'SINH', 'COSH', 'TANH'] as const).map((name) => {
    const functions = {
      SIN: Math.sin,
      COS: Math.cos,
      TAN: Math.tan,
      ASIN: Math.asin,
      ACOS: Math.acos,
      ATAN: Math.atan,
      SINH: Math.sinh,
      COSH: Math.cosh,
      TANH: Math.tanh,
    };
    return real(name, 'In radians.', functions[name]);
  }),
  real('COT', 'Cotangent, in radians.', (x) => 1 / Math.tan(x)),
  real('DEGREES', 'Radians as degrees.', (x) => (x * 180) / Math.PI),
  real('RADIANS', 'Degrees as radians.', (x) => (x * Math.PI) / 180),
  define(
    'ATAN2',
    'ATAN2(y, x)',
    'Angle of a point, in radians.',
    signature(['DOUBLE', 'DOUBLE'], DOUBLE, (args) => Math.atan2(number(args, 0), number(args, 1))),
  ),
  define(
    'PI',
    'PI()',
    '3.14159…',
    signature([], DOUBLE, () => Math.PI),
  ),
  define(
    'E',
    'E()',
    '2.71828…',
    signature([], DOUBLE, () => Math.E),
  ),
];

export const numberFunctions: readonly FunctionDefinition[] = [...rounding, ...reals];
