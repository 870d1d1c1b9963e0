/** Exact decimals: a bigint that counts units of 10^-scale. */

const POWERS: bigint[] = [1n];

/** 10^exponent, for exponents from 0 on. */
export function powerOfTen(exponent: number): bigint {
  for (let i = POWERS.length; i <= exponent; i++) POWERS.push((POWERS[i - 1] ?? 1n) * 10n);
  return POWERS[exponent] ?? 1n;
}

/** The same value at another scale; digits that fall away are rounded half away from zero, as Java's HALF_UP. */
export function rescale(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * powerOfTen(to - from);
  return divideHalfUp(unscaled, powerOfTen(from - to));
}

/** Quotient rounded half away from zero. `divisor` is not 0. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Whether `unscaled` has at most `precision` digits. */
export function fitsPrecision(unscaled: bigint, precision: number): boolean {
  const limit = powerOfTen(precision);
  return unscaled < limit && unscaled > -limit;
}

/**
 * Digits with an optional point and exponent as an unscaled value of `scale`, rounded half up; null when it is no number
 * or has more than 400 digits before the point.
 */
export function parseDecimal(text: string, scale: number): bigint | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/u.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole.length + fraction.length === 0) return null;
  const digits = (whole + fraction).replace(/^0+(?=\d)/u, '');
  const shift = scale - (fraction.length - Number(exponent));
  const unscaled = BigInt(digits);
  if (unscaled === 0n) return 0n;
  if (digits.length + shift > 400) return null;
  if (shift < -(digits.length + 1)) return 0n;
  const value = shift >= 0 ? unscaled * powerOfTen(shift) : divideHalfUp(unscaled, powerOfTen(-shift));
  return sign === '-' ? -value : value;
}

/** As a double: the digits are parsed once, so the result is the nearest one. */
export function decimalToNumber(unscaled: bigint, scale: number): number {
  return scale === 0 ? Number(unscaled) : Number(`${unscaled}e-${scale}`);
}
