import { expect, test } from 'vitest';
import type { BranchComparison } from '../../app/branches/branch-store.ts';
import type { ConsumerReport, ScreenConsumer } from '../../app/consumers/consumer-store.ts';
import { lagWords, lossWords, placesWords, startWords, stateWords } from './consumer-words.ts';

const report: ConsumerReport = {
  id: 'a',
  seq: 40,
  rows: 12,
  lagEntries: 2,
  lagMs: 1_500,
  processingTimeMs: 0,
  maxEventTimeMs: 0,
  watermarkMs: null,
  node: null,
  status: { kind: 'running' },
  firstSeq: 20,
  places: [],
  restSeq: 30,
};
const consumer: ScreenConsumer = {
  id: 'a',
  name: 'A',
  start: { by: 'latest' },
  speed: { kind: 'max' },
  isThere: true,
  place: null,
  plays: true,
};

test('a consumer says what it does', () => {
  expect(stateWords(consumer, report)).toBe('Reads');
  expect(stateWords(consumer, { ...report, lagEntries: 0 })).toBe('Waits for more');
  expect(stateWords(consumer, { ...report, seq: 5 })).toBe('Waits for offset 20 to be written');
  expect(stateWords(consumer, { ...report, status: { kind: 'ended', problems: [] } })).toBe('Read to the end');
  expect(stateWords({ ...consumer, isThere: false }, report)).toBe('Goes to its place');
});

test('a start by time tells where each partition begins', () => {
  const start = { by: 'timestamp', tsMs: Date.UTC(2026, 2, 1, 12) } as const;
  const places = [{ sourceId: 'clicks', partition: 1, seq: 22 }];
  expect(startWords(start, report)).toBe('from 2026-03-01 12:00:00.0');
  expect(placesWords({ ...report, places }, start, () => 'Clicks')).toContain('by partition: Clicks 1 at 22. Others');
  expect(placesWords(report, start, () => 'Clicks')).toContain('it began at offset 30');
});

test('lag is told in entries and time', () => {
  expect(lagWords(report)).toBe('2 entries, 1.5\u00a0s');
  expect(lagWords({ ...report, lagEntries: 1, lagMs: null })).toBe('1 entry');
  expect(lagWords({ ...report, lagEntries: 0 })).toBe('0');
});

test('what a start costs is told for the node that is looked at', () => {
  const node = {
    nodeId: 'w',
    ledger: [null, null],
    isAffected: true,
    results: [3, 1],
    drops: [0, 0],
    onlyRun: 2,
    onlyBranch: 0,
    different: 1,
    droppedOnlyRun: 0,
    droppedOnlyBranch: 0,
    uncompared: 0,
    latency: [null, null],
    mostState: [null, null],
  } as const;
  const comparison: BranchComparison = {
    id: 'a',
    seq: 40,
    processingTimeMs: 0,
    isSameLog: true,
    nodes: [node],
    node: null,
    limit: null,
  };
  expect(lossWords(comparison, 'w', 'Windows')).toBe(
    'At offset 40, Windows: 2 results are missing, 1 result has other values, because what came before its start was never read.',
  );
  const same = { ...comparison, nodes: [{ ...node, onlyRun: 0, different: 0 }] };
  expect(lossWords(same, 'w', 'Windows')).toBe('At offset 40, Windows: as a reader of the whole log has it.');
  expect(lossWords(comparison, 'other', 'Other')).toBe('');
});
