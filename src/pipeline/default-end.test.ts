import { expect, it, vi } from 'vitest';
import type { Dialect } from '../operators/dialects/dialect.ts';
import { flinkDatastream } from '../operators/dialects/flink-datastream.ts';
import { defaultEnd } from './document.ts';

vi.mock('../operators/dialects/dialects.ts', () => ({
  dialectNamed: (name: string): Dialect | null => {
    if (name !== 'ksqldb' && name !== 'beam') return null;
    return { ...flinkDatastream, time: { ...flinkDatastream.time, flushAtEnd: name === 'ksqldb' } };
  },
}));

it('the end of a run is what the record of the dialect says', () => {
  expect(defaultEnd('ksqldb')).toBe('flush');
  expect(defaultEnd('beam')).toBe('none');
});

it('the end of a run goes by the name of a dialect without a record', () => {
  expect(defaultEnd('kafka-streams')).toBe('none');
  expect(defaultEnd('flink-sql')).toBe('flush');
});
