import { expect, test } from 'vitest';
import { judge, verdictText } from './goals.ts';
import type { JobResult } from './measure.ts';

function resultOf(job: string, rates: Readonly<Record<string, number>>): JobResult {
  const measured = Object.entries(rates).map(([name, rate]) => ({
    name,
    size: rate,
    rounds: 1,
    cpuMs: 1000,
    wallMs: 1000,
    checksum: '',
  }));
  return { job, unit: 'events/s', measured, faults: [] };
}

test('a goal is judged by the columns of its own run', () => {
  const result = resultOf('tumbling', { tidemark: 55, fused: 100, rxjs: 20 });
  const verdicts = judge(result, 'node');
  expect(verdicts.map(verdictText)).toEqual(['goal 0.50 x fused: 0.55 met', 'goal 4.00 x rxjs: 2.75 MISSED']);
});

test('what others published is a yardstick, too', () => {
  const verdicts = judge(resultOf('nexmark-q5', { tidemark: 1_150_000, 'with-generator': 230_000 }), 'node');
  expect(verdicts.map(verdictText)).toEqual([
    'goal 10.0 x Flink a slot: 10.0 met',
    'goal with-generator 4.00 x Flink a slot: 2.00 MISSED',
  ]);
});

test('the browser has goals of its own', () => {
  const verdicts = judge(resultOf('hopping', { tidemark: 11, rxjs: 1, fused: 1000 }), 'chromium');
  expect(verdicts).toMatchObject([{ ratio: 11, met: true }]);
});

test('a job without goals is not judged', () => {
  expect(judge(resultOf('another', { tidemark: 1, fused: 2 }), 'node')).toEqual([]);
});
