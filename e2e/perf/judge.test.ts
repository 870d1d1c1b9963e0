import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

const runOf = (openMs: number, dragMs: number) => [
  { what: 'open', ms: openMs, goalMs: 1_500 },
  { what: 'drag', ms: dragMs, goalMs: 8 },
];

describe('the goals of a large graph', () => {
  it('are met by medians: one slow run of three is no fault', () => {
    const { lines, exitCode } = judge([runOf(900, 6), runOf(4_000, 8), runOf(1_500, 9)]);
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^open +1500\.0 ms of 1500 ms: goal met$/),
      expect.stringMatching(/^drag +8\.0 ms of 8 ms: goal met$/),
    ]);
  });

  it('stop whoever misses one of them', () => {
    const { lines, exitCode } = judge([runOf(900, 8.1), runOf(900, 8.1)]);
    expect(exitCode).toBe(1);
    expect(lines[0]).toContain('goal met');
    expect(lines[1]).toContain('goal MISSED');
  });

  it('are missed by what was not measured', () => {
    expect(judge([runOf(900, NaN)]).exitCode).toBe(1);
    expect(judge([]).exitCode).toBe(1);
  });
});
