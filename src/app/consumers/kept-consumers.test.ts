import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { MemoryStorage } from '../../testing/documents/memory-storage.ts';
import { CONSUMERS_MAX } from '../../worker/consumer-protocol.ts';
import type { KeptConsumer } from './kept-consumers.ts';
import { keptConsumers } from './kept-consumers.ts';

beforeAll(() => vi.stubGlobal('localStorage', new MemoryStorage()));
beforeEach(() => localStorage.removeItem('tidemark.consumers'));
afterAll(() => vi.unstubAllGlobals());

const AUDIT: KeptConsumer = { name: 'Audit', start: { by: 'earliest' }, speed: { kind: 'max' }, restSeq: 0 };

test('consumers are kept by document, in their order, with any start and speed', () => {
  const all: readonly KeptConsumer[] = [
    AUDIT,
    { name: 'Late', start: { by: 'latest' }, speed: { kind: 'events', perSec: 5 }, restSeq: 512 },
    { name: 'At', start: { by: 'offset', seq: 7 }, speed: { kind: 'clock', factor: 0.1 }, restSeq: 7 },
    { name: 'From', start: { by: 'timestamp', tsMs: -5 }, speed: { kind: 'max' }, restSeq: 90 },
  ];
  keptConsumers.keep('one', all);
  keptConsumers.keep('two', [AUDIT]);
  expect([keptConsumers.of('one'), keptConsumers.of('two'), keptConsumers.of('three')]).toEqual([all, [AUDIT], null]);
  keptConsumers.keep('two', []);
  expect(keptConsumers.of('two')).toBeNull();
});

test('of what storage holds only what a consumer can be is read', () => {
  const broken: readonly unknown[] = [
    null,
    'Audit',
    [AUDIT],
    { ...AUDIT, name: 4 },
    { ...AUDIT, restSeq: -1 },
    { ...AUDIT, restSeq: 1.5 },
    { ...AUDIT, restSeq: '0' },
    { ...AUDIT, start: { by: 'offset' } },
    { ...AUDIT, start: { by: 'timestamp', tsMs: null } },
    { ...AUDIT, start: { by: 'the middle' } },
    { ...AUDIT, speed: { kind: 'events', perSec: 0 } },
    { ...AUDIT, speed: { kind: 'clock' } },
    { ...AUDIT, speed: null },
  ];
  const kept = { one: [...broken, { ...AUDIT, more: 'than known' }], two: 'Audit', three: Array(20).fill(AUDIT) };
  localStorage.setItem('tidemark.consumers', JSON.stringify(kept));
  expect(keptConsumers.of('one')).toEqual([AUDIT]);
  expect(keptConsumers.of('two')).toEqual([]);
  expect(keptConsumers.of('three')).toHaveLength(CONSUMERS_MAX);
  localStorage.setItem('tidemark.consumers', '{"one":[');
  expect(keptConsumers.of('one')).toBeNull();
});
