import { afterEach, describe, expect, it, vi } from 'vitest';
import { makePlan } from '../pipeline/make-plan.ts';
import { readDocument } from '../pipeline/read-document.ts';
import type { Log } from '../sources/log/log.ts';
import { onInterrupt } from './interrupt.ts';
import { openLog } from './open-log.ts';
import { parseRunOptions } from './run-options.ts';
import { RejectLines } from './run-outputs.ts';
import { runToEnd } from './run-to-end.ts';
import type { LedgerFile } from './running-in-tests.ts';
import { TestFiles, graph } from './running-in-tests.ts';

const files = new TestFiles();
const generated = graph({ src: ['source.generator', { events: 100 }], out: ['sink'] }, 'src>out');

afterEach(() => vi.restoreAllMocks());

describe('a run that breaks off for a reason that nobody expected', () => {
  it('says so in a sentence, keeps its results and writes its ledger', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const read = readDocument(new TextEncoder().encode(JSON.stringify(generated)));
    if (!read.ok) throw new Error('no graph');
    const planned = makePlan(read.value);
    if (!planned.ok) throw new Error('no plan');
    const interrupt = onInterrupt(() => undefined);
    const opened = await openLog(planned.value, {
      entries: null,
      files: new Map(),
      interrupt,
      rejected: () => undefined,
    });
    if (!opened.ok) throw new Error('no log');
    const log: Log = opened.value;
    const nextSlice = log.nextSlice.bind(log);
    log.nextSlice = () => {
      if (log.nextSeq >= 30) throw new RangeError('Invalid string length');
      return nextSlice(10);
    };
    const outputs = ['--out', files.path('out'), '--ledger', files.path('ledger')];
    const run = { document: read.value, plan: planned.value, log, interrupt, rejects: new RejectLines() };
    expect(await runToEnd(parseRunOptions(['g.json', ...outputs]), run)).toBe(1);
    interrupt.dispose();
    expect(files.lines('out')).toHaveLength(30);
    expect((JSON.parse(files.text('ledger')) as LedgerFile).nodes['out']!['in']).toBe(30);
    const text = told.mock.calls.map(([line]) => String(line)).join('');
    expect(text).toContain('tidemark: The run broke off: Invalid string length.\n');
    expect(text).not.toContain('    at ');
  });
});
