import { describe, expect, test } from 'vitest';
import type { Curve } from '../../stream/curve.ts';
import { CombinedStatus } from './combined-status.ts';
import type { CurveMerge } from './merge.ts';
import { Valve } from './valve.ts';

/** `5`: the watermark after the entry; `5i`: idle with it; `.` as before. One text an input, one word an entry. */
function curveFrom(text: string): Curve {
  const watermarks: number[] = [];
  const idle: number[] = [];
  let watermark = -Infinity;
  let quiet = false;
  for (const word of text.split(' ')) {
    if (word !== '.') {
      quiet = word.endsWith('i');
      const number = word.replace('i', '');
      if (number !== '') watermark = Number(number);
    }
    watermarks.push(watermark);
    idle.push(quiet ? 1 : 0);
  }
  return {
    firstSeq: 0,
    before: -Infinity,
    idleBefore: false,
    watermarks: Float64Array.from(watermarks),
    idle: Uint8Array.from(idle),
  };
}

function merged(merge: CurveMerge, ...inputs: readonly string[]): string {
  const { watermarks, idle } = merge.merge(inputs.map(curveFrom));
  return Array.from(
    watermarks,
    (watermark, i) => `${watermark === -Infinity ? '-' : watermark}${idle?.[i] === 1 ? 'i' : ''}`,
  ).join(' ');
}

describe('two inputs of an operator', () => {
  test('the least of both counts, once both have one', () => {
    expect(merged(new CombinedStatus(2), '3 . 8 .', '. 5 . 6')).toBe('- 3 5 6');
  });

  test('an idle input holds nothing back; one that comes back behind does not pull the output back', () => {
    expect(merged(new CombinedStatus(2), '3 . . 4 .', '. 2i 7i . 8')).toBe('- 3 3 4 4');
    expect(merged(new CombinedStatus(2), '8 . . 9', '2 2i 2 6')).toBe('2 8 8 8');
  });

  test('while all are idle the output stays', () => {
    // The first to go idle leaves the other's 4 as the least; then nobody is left to move it.
    expect(merged(new CombinedStatus(2), '3 3i 9i', '4 4i .')).toBe('3 4i 4i');
  });
});

describe('several edges into one input', () => {
  test('an edge that comes back behind the output is left out until it has caught up', () => {
    expect(merged(new Valve(2), '8 . . 12 . 14', '2 2i 5 . 12 .')).toBe('2 8 8 12 12 12');
  });

  test('a watermark from an idle edge is ignored', () => {
    expect(merged(new Valve(2), '5 . .', '3 3i 20i')).toBe('3 5 5');
  });

  test('when the last active edge goes idle the greatest watermark is sent first, if that edge held the output', () => {
    expect(merged(new Valve(2), '9 9i . .', '4 . 4i .')).toBe('4 4 9i 9i');
  });

  test('one that did not hold the output leaves it where it is', () => {
    expect(merged(new Valve(2), '4 . 4i .', '9 9i . .')).toBe('4 4 9i 9i');
    expect(merged(new Valve(2), '4 4i . .', '9 . 9i .')).toBe('4 9 9i 9i');
  });

  test('is the plain minimum while nothing is idle', () => {
    expect(merged(new Valve(3), '1 . 5 .', '2 3 . 9', '. 4 . 8')).toBe('- 1 3 5');
  });
});
