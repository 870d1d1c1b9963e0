import { TICK_MS, clockHorizonOf } from '../engine/clock-need.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { ByteSource, ReadEnvironment } from '../sources/byte-source.ts';
import type { Reject } from '../sources/rejects.ts';
import { EntryLog } from '../sources/log/entry-log.ts';
import { EventLog } from '../sources/log/event-log.ts';
import type { Log } from '../sources/log/log.ts';
import { readEntryLog } from '../sources/log/written-log.ts';
import type { BoundSource } from '../sources/open-source.ts';
import { entrySource, openSource } from '../sources/open-source.ts';
import type { SourceReader } from '../sources/source-reader.ts';
import { defined } from '../stream/assert.ts';
import type { Result } from '../stream/problem.ts';
import { asciiDecoder } from './ascii-decoder.ts';
import { inflate } from './file-bytes.ts';
import type { Interrupt } from './interrupt.ts';

interface LogRequest {
  /** The log that was written down, null when the sources are read. */
  readonly entries: ByteSource | null;
  /** By id, of every file source, unless a written log is read. */
  readonly files: ReadonlyMap<string, ByteSource>;
  readonly interrupt: Interrupt;
  /** Hears of every record that a file source rejects. */
  readonly rejected: (source: string, reject: Reject) => void;
}

/** The log that a run takes: written down entry by entry, or merged from all sources. */
export async function openLog(plan: Plan, { entries, files, interrupt, rejected }: LogRequest): Promise<Result<Log>> {
  const sources = plan.sources.map((index) => defined(plan.nodes[index], 'source'));
  if (entries !== null) {
    const read = await readEntryLog(
      entries,
      inflate,
      sources.map(({ id, bound, outputs }) =>
        entrySource(id, bound as BoundSource, defined(outputs.out, 'output of a source')),
      ),
    );
    return read.ok ? { ok: true, value: new EntryLog(read.value), problems: read.problems } : read;
  }
  const readers = sources.map(({ id, bound }): SourceReader => {
    const environment: ReadEnvironment = {
      inflate,
      asciiDecoder,
      signal: interrupt,
      rejected: (reject) => rejected(id, reject),
    };
    return openSource(bound as BoundSource, { seed: plan.seed, bytes: files.get(id) ?? null, environment });
  });
  const log = new EventLog({ readers, tickMs: TICK_MS, clockHorizonMs: clockHorizonOf(plan), keptSlices: 0 });
  return { ok: true, value: log, problems: [] };
}
