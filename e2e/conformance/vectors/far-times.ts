import type { Json, JsonObject, VectorCase } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';

/** Times at and beyond this are written as text. */
const EXACT = 2n ** 53n;
const TIMES = ['ts', 'watermark', 'processingTime'] as const;

/** A case as near as 1970, and its outputs back where they belong. */
export interface Moved {
  readonly given: VectorCase;
  readonly back: (output: JsonObject) => JsonObject;
}

/**
 * The product refuses times that a double cannot hold; a case at the end of Java's long is moved by a whole number of
 * windows, which changes nothing but the times. Cases nearer to 1970 stay as they are.
 */
export function broughtNear(given: VectorCase): Moved {
  const far = given.inputs.flatMap((input) => TIMES.flatMap((name) => farTime(input[name])));
  if (far.length === 0) return { given, back: (output) => output };
  const period = periodOf(given.operator);
  const least = far.reduce((a, b) => (b < a ? b : a));
  const shift = (least / period) * period;
  const inputs = given.inputs.map((input) => {
    const moved = TIMES.flatMap((name) => {
      const time = input[name];
      return isEnd(time) || time === undefined || time === null ? [] : [[name, near(time, shift)] as const];
    });
    return { ...input, ...Object.fromEntries(moved) };
  });
  return { given: { ...given, inputs }, back: (output) => movedBack(output, shift) };
}

function farTime(time: Json | undefined): readonly bigint[] {
  return typeof time === 'string' && /^-?\d+$/.test(time) ? [BigInt(time)] : [];
}

function isEnd(time: Json | undefined): boolean {
  return time === 'MAX_LONG' || time === 'MIN_LONG';
}

function near(time: Json, shift: bigint): number {
  const moved = BigInt(typeof time === 'number' || typeof time === 'string' ? time : 0) - shift;
  if (moved >= EXACT || moved <= -EXACT) throw new Inexpressible('times so far apart that a double cannot hold both');
  return Number(moved);
}

/** A length by which everything that repeats can be moved: windows, and the grids of triggers. */
function periodOf(operator: JsonObject): bigint {
  const lengths = [operator['window'], operator['trigger']]
    .filter((part) => isObject(part))
    .flatMap((part) => ['size', 'maxSize', 'slide', 'advance', 'step', 'interval'].map((name) => part[name]))
    .filter((length) => typeof length === 'number');
  return lengths.reduce((product, length) => product * BigInt(length), 1n);
}

/** Cases do not tell windows whose bounds a double cannot hold. */
function movedBack({ window: _window, ...output }: JsonObject, shift: bigint): JsonObject {
  const times = TIMES.flatMap((name) => {
    const time = output[name];
    return typeof time === 'number' ? [[name, String(BigInt(time) + shift)] as const] : [];
  });
  return { ...output, ...Object.fromEntries(times) };
}
