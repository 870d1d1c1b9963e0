import { expect, it } from 'vitest';
import { defaultEnd } from './document.ts';

it('the end of a run is what the dialect does by itself: Kafka flushes nothing', () => {
  expect((['flink-datastream', 'flink-sql', 'beam', 'kafka-streams', 'ksqldb'] as const).map(defaultEnd)).toEqual([
    'flush',
    'flush',
    'flush',
    'none',
    'none',
  ]);
});
