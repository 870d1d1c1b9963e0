import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_END, ENTRY_ROW } from '../stream/log-slice.ts';
import { bytesSource } from './byte-source.ts';
import { sourceDefinitions } from './definition.ts';
import { choicesOf, completeConfig, detectFile } from './detect.ts';
import { fileConfig } from './file/file-config.ts';
import { readWhole } from './file/reading-in-tests.ts';
import { generatorConfig } from './generator/generator-config.ts';
import { EventLog } from './log/event-log.ts';
import { openSource } from './open-source.ts';
import { encodeUtf8 } from './text/utf8-reader.ts';

const environment = { inflate: <T>(chunks: T): T => chunks, signal: null };
const request = { inputs: [], dialect: 'flink-datastream', timeDomain: 'event', engine: {} } as const;

describe('sources', () => {
  it('are found out, bound, opened and merged into one log', async () => {
    const text = 'ts,user_id\n1704067201000,u0001\nsoon,u0002\n1704067200500,u0001\n';
    const source = bytesSource('clicks.csv', encodeUtf8(text));
    const open = fileConfig.parse({});
    const config = completeConfig(open, await detectFile(source, environment, choicesOf(open)));
    const file = sourceDefinitions['source.file'].bind({ ...request, config });
    const made = generatorConfig.parse({ events: 50, delay: { distribution: 'none' } });
    const generator = sourceDefinitions['source.generator'].bind({ ...request, config: made });
    if (!file.ok || !generator.ok) throw new Error('not bound');
    expect(file.value.outputs.out).toMatchObject({ changes: 'append', eventTime: true });
    const input = { seed: 1, bytes: source, environment };
    const readers = [openSource(file.value.bound, input), openSource(generator.value.bound, { ...input, bytes: null })];
    const log = new EventLog({ readers, tickMs: 200, clockHorizonMs: null });
    const kinds: number[] = [];
    let lastMs = -Infinity;
    for (let slice = await log.nextSlice(7); slice !== null; slice = await log.nextSlice(7)) {
      kinds.push(...slice.kinds);
      for (const at of slice.at) {
        expect(at).toBeGreaterThanOrEqual(lastMs);
        lastMs = at;
      }
    }
    expect(kinds.filter((kind) => kind === ENTRY_ROW)).toHaveLength(52);
    expect(kinds.filter((kind) => kind === ENTRY_END)).toHaveLength(2);
    expect(log.rejects(0).kept).toEqual([{ line: 3, column: 'ts', reason: 'not a number: soon', text: 'soon,u0002' }]);
    expect(log.progress(0)).toMatchObject({ done: text.length, total: text.length, rows: 2, rejected: 1, blank: 0 });
  });

  it('account for every line of an NDJSON file: accepted, rejected or blank', async () => {
    const line = fc.constantFrom(
      '{"t":1}',
      '{"t":"x"}',
      '',
      '  ',
      '{"t":',
      '[]',
      '{}',
      '{"t":null}',
      '{"t":2,"u":{"t":3}}',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        async (lines, size) => {
          const config = {
            format: 'ndjson',
            columns: [{ name: 't', type: 'BIGINT' }],
            time: { column: 't', unit: 'ms' },
          } as const;
          const { rows, reader } = await readWhole(
            `${lines.join('\n')}\n`,
            { ...config, columns: [...config.columns] },
            size,
          );
          expect(rows.length + reader.rejects.count + reader.blank).toBe(lines.length);
          const inOrder = reader.rejects.kept.map((reject) => reject.line);
          expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 200 },
    );
  });
});
