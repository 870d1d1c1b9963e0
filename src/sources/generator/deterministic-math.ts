/**
 * Logarithm, exponential, cosine and the normal distribution from + - * / and exact bit patterns alone, so that every machine
 * gets the same bits; the platform's Math.log and Math.exp may differ in the last one. Good to about 1e-15.
 */
const LN2_HIGH = 0.693147180369123816;
const LN2_LOW = 1.9082149292705877e-10;
const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a positive, normal number. */
export function ln(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000f_ffff) | 0x3ff0_0000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172: eleven terms reach the last bit.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let k = 21; k >= 1; k -= 2) sum = sum * square + 1 / k;
  return exponent * LN2_HIGH + (2 * s * sum + exponent * LN2_LOW);
}

/** e^x; 0 below -700, Infinity above 709. */
export function exp(x: number): number {
  if (x < -700) return 0;
  if (x > 709) return Infinity;
  const power = Math.round(x / (LN2_HIGH + LN2_LOW));
  const rest = x - power * LN2_HIGH - power * LN2_LOW;
  let sum = 1;
  for (let k = 16; k >= 1; k--) sum = 1 + (sum * rest) / k;
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}

/** `base`^`exponent` for a positive base. */
export function pow(base: number, exponent: number): number {
  return exp(exponent * ln(base));
}

/** The cosine of so many turns: 1 for whole ones, -1 half way between them. */
export function cosTurns(turns: number): number {
  // cos(2πt) is the sine of a quarter turn less t: an angle of at most a quarter, where eleven terms reach the last bit.
  const angle = 2 * Math.PI * (0.25 - Math.abs(turns - Math.round(turns)));
  const square = angle * angle;
  let sum = 1;
  for (let k = 20; k >= 2; k -= 2) sum = 1 - (sum * square) / (k * (k + 1));
  return angle * sum;
}

/**
 * The value below which a standard normal variable falls with probability `p`, 0 < p < 1: Acklam's rational
 * approximation, relative error below 1.2e-9.
 */
export function normalQuantile(p: number): number {
  if (p < 0.02425) return tail(Math.sqrt(-2 * ln(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * ln(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

function tail(q: number): number {
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}
