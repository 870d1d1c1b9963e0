import { expect, test } from 'vitest';
import { readDocument } from '../../src/pipeline/read-document.ts';
import { validate } from '../../src/pipeline/validate.ts';
import { hasErrors } from '../../src/stream/problem.ts';
import { attempt } from './conform.ts';
import { actualText, graphFiles, reportText } from './report.ts';

const hopping = {
  id: 'a/b/hopping',
  engine: 'flink',
  operator: {
    type: 'windowAggregate',
    api: 'DataStream',
    window: { kind: 'hopping', size: 10, slide: 5 },
    trigger: { kind: 'eventTime' },
    aggregate: { fn: 'sum' },
  },
  inputs: [{ key: 'k', value: 2, ts: 7 }, { watermark: 9 }, { watermark: 'MAX_LONG' }],
};
const broken = { id: 'broken', engine: 'flink', operator: { type: 'spiralJoin' }, inputs: [] };
const attempts = await Promise.all([attempt(hopping), attempt(broken)]);

test('what came out stands under the id of its case, null where the case broke off', () => {
  expect(JSON.parse(actualText(attempts))).toEqual({
    'a/b/hopping': [
      { step: 1, key: 'k', value: 2, window: [0, 10], ts: 9 },
      { step: 1, watermark: 9 },
      { step: 2, key: 'k', value: 2, window: [5, 15], ts: 14 },
      { step: 2, watermark: 'MAX_LONG' },
    ],
    broken: null,
  });
});

test('a graph is a document that can be run and a log, named after its case', () => {
  const files = graphFiles(attempts);
  expect(files.map(({ name }) => name)).toEqual(['a_b_hopping.json', 'a_b_hopping.log.ndjson']);
  const document = readDocument(files[0]!.text);
  expect(document.ok && hasErrors(validate(document.value))).toBe(false);
  expect(document.ok).toBe(true);
  const log = files[1]!.text.trim().split('\n');
  expect(log.map((line) => JSON.parse(line) as unknown)).toEqual([
    { source: 'source', row: { key: 'k', value: 2, ts: 7 }, at: 0 },
    { source: 'source', watermark: 9 },
    { source: 'source', watermark: 'Infinity' },
  ]);
});

test('a failure is one line, and the last line counts', () => {
  const verdicts = [
    { id: 'x', passed: true },
    { id: 'y', passed: false, reason: 'one\nthing' },
  ];
  expect(reportText(verdicts, false)).toBe('y: one thing\n1 passed, 1 failed');
  expect(JSON.parse(reportText(verdicts, true))).toEqual({ passed: 1, failed: 1, cases: verdicts });
});
