import { expect, test } from 'vitest';
import { inspectFile } from './inspect-file.ts';

function csv(lines: readonly string[]): File {
  return new File([lines.join('\n')], 'events.csv');
}

test('what only the user can know is asked, once: no warning repeats it', async () => {
  const report = await inspectFile(csv(['when,a', '03/04/2024 10:00,1', '05/06/2024 10:00,2']), {});
  expect(report.verdict).toBe('ask');
  expect(report.questions.map(({ code }) => code).sort()).toEqual(['date-order-ambiguous', 'timestamp-no-zone']);
  expect(report.warnings).toEqual([]);
});

test('what was decided is not asked again', async () => {
  const file = csv(['when,a', '03/04/2024 10:00,1', '05/06/2024 10:00,2']);
  const { config } = await inspectFile(file, {});
  const again = await inspectFile(file, { ...config, time: { column: 'when', unit: 'dd/MM/yyyy HH:mm', zone: 'UTC' } });
  expect(again.questions).toEqual([]);
  expect(again.config).toMatchObject({ time: { unit: 'dd/MM/yyyy HH:mm' } });
});

test('a time far ahead of all others is told before the run', async () => {
  const times = Array.from({ length: 50 }, (_, i) => `${new Date(1.7e12 + i * 1_000).toISOString()},${i}`);
  const report = await inspectFile(csv(['ts,a', ...times, '2099-01-01T00:00:00Z,7', ...times.slice(0, 20)]), {});
  expect(report.verdict).toBe('accept_with_warnings');
  expect(report.warnings).toEqual([{ code: 'timestamp-outlier', message: expect.stringContaining('2099') as string }]);
});
