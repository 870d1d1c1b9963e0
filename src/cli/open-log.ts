import { clockHorizonOf } from '../engine/clock-need.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { ByteSource, ReadEnvironment } from '../sources/byte-source.ts';
import type { BoundFile } from '../sources/file/bind-file.ts';
import type { BoundGenerator } from '../sources/generator/definition.ts';
import { FileReader } from '../sources/file/file-reader.ts';
import { GeneratorReader } from '../sources/generator/generator-reader.ts';
import type { Reject } from '../sources/rejects.ts';
import { readEntryLog } from '../sources/log/entries.ts';
import { EntryLog } from '../sources/log/entry-log.ts';
import { EventLog } from '../sources/log/event-log.ts';
import type { Log } from '../sources/log/log.ts';
import type { SourceReader } from '../sources/source-reader.ts';
import { defined } from '../stream/assert.ts';
import type { Result } from '../stream/problem.ts';
import { inflate } from './file-bytes.ts';
import type { Interrupt } from './interrupt.ts';

/** Grid of clock entries, ms of processing time. */
const TICK_MS = 200;

interface LogRequest {
  /** The log that was written down, null when the sources are read. */
  readonly entries: ByteSource | null;
  /** By id, of every file source, unless a written log is read. */
  readonly files: ReadonlyMap<string, ByteSource>;
  readonly interrupt: Interrupt;
  /** Hears of every record that a file source rejects. */
  readonly rejected: (source: string, reject: Reject) => void;
}

type BoundSource = BoundFile | BoundGenerator;

/** The log that a run takes: written down entry by entry, or merged from all sources. */
export async function openLog(plan: Plan, { entries, files, interrupt, rejected }: LogRequest): Promise<Result<Log>> {
  const sources = plan.sources.map((index) => defined(plan.nodes[index], 'source'));
  if (entries !== null) {
    const read = await readEntryLog(
      entries.chunks(),
      sources.map(({ id, bound, outputs }) => ({
        id,
        schema: defined(outputs.out, 'output of a source').schema,
        timeColumn: timeColumnOf(bound as BoundSource),
      })),
    );
    return read.ok ? { ok: true, value: new EntryLog(read.value), problems: read.problems } : read;
  }
  const readers = sources.map(({ id, bound }): SourceReader => {
    const source = bound as BoundSource;
    if (source.kind === 'source.generator') return new GeneratorReader(source.config, plan.seed);
    const environment: ReadEnvironment = { inflate, signal: interrupt, rejected: (reject) => rejected(id, reject) };
    return new FileReader(source, defined(files.get(id), `file of ${id}`), environment);
  });
  const log = new EventLog({ readers, tickMs: TICK_MS, clockHorizonMs: clockHorizonOf(plan) });
  return { ok: true, value: log, problems: [] };
}

/** The column that gives a row of a written log its event time when the entry does not. */
function timeColumnOf(bound: BoundSource): string | null {
  if (bound.kind === 'source.generator') return 'ts';
  return bound.time === null ? null : (bound.schema.fields[bound.time.column]?.name ?? null);
}
