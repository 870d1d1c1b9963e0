import { expect, test } from 'vitest';
import type { JobResult } from './measure.ts';
import { readmeTables, withTables } from './readme-table.ts';

function resultOf(job: string, unit: JobResult['unit'], rates: Readonly<Record<string, number>>): JobResult {
  const measured = Object.entries(rates).map(([name, size]) => ({
    name,
    size,
    rounds: 1,
    cpuMs: 1000,
    wallMs: 1000,
    checksum: '',
  }));
  return { job, unit, measured, faults: [] };
}

test('each job stands in the table of its kind, with the columns that it has', () => {
  const results = [
    resultOf('tumbling', 'events/s', { fused: 150e6, tidemark: 75.25e6, rxjs: 15e6, 'db-ivm': 67_000 }),
    resultOf('nexmark-q7', 'events/s', { plain: 2e6, tidemark: 990_000, 'with-generator': 500_000 }),
    resultOf('ingest-csv', 'bytes/s', { papaparse: 40e6, tidemark: 160e6 }),
    resultOf('snapshot', 'events/s', { copy: 1e9, tidemark: 50e6 }),
  ];
  const machine = { cpu: '', cores: 2, memoryGB: 1, platform: '', node: '', v8: '' };
  expect(readmeTables({ machine, place: 'node', results })).toBe(
    [
      '| job        | tidemark | fused | plain | RxJS   | db-ivm  | DuckDB-WASM | tidemark / fused | tidemark / RxJS |',
      '| ---------- | -------- | ----- | ----- | ------ | ------- | ----------- | ---------------- | --------------- |',
      '| `tumbling` | 75.3 M   | 150 M |       | 15.0 M | 0.067 M |             | 0.50             | 5.0             |',
      '',
      '| job          | tidemark | with the generator | plain  | Flink, a slot | tidemark / Flink |',
      '| ------------ | -------- | ------------------ | ------ | ------------- | ---------------- |',
      '| `nexmark-q7` | 0.99 M   | 0.50 M             | 2.00 M | 0.033 M       | 30               |',
      '',
      '| job          | tidemark | papaparse | JSON.parse | tidemark / other |',
      '| ------------ | -------- | --------- | ---------- | ---------------- |',
      '| `ingest-csv` | 160 M    | 40.0 M    |            | 4.0              |',
    ].join('\n'),
  );
});

test('the tables take the place of those before', () => {
  const readme = 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n';
  const once = withTables(readme, '| new |');
  expect(once).toBe('before\n<!-- bench: begin -->\n\n| new |\n\n<!-- bench: end -->\nafter\n');
  expect(withTables(once, '| new |')).toBe(once);
  expect(() => withTables('nothing to be found', '| new |')).toThrow('bench: begin');
});
