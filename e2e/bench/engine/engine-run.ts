import { clockHorizonOf } from '../../../src/engine/clock-need.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { imbalance } from '../../../src/engine/ledger.ts';
import { TICK_MS } from '../../../src/stream/log-slice.ts';
import type { PipelineDocument } from '../../../src/pipeline/document.ts';
import { makePlan } from '../../../src/pipeline/make-plan.ts';
import type { Plan } from '../../../src/pipeline/plan.ts';
import { EventLog } from '../../../src/sources/log/event-log.ts';
import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import { assert, defined } from '../../../src/stream/assert.ts';
import type { Batch } from '../../../src/stream/batch.ts';
import type { Schema } from '../../../src/stream/types.ts';
import type { Listener, ListenerKind } from './listeners.ts';
import { makeListener } from './listeners.ts';
import { MemorySource } from './memory-source.ts';

/** Takes what a sink commits, and says the checksum of all of it at the end of the run. */
export interface SinkConsumer {
  take(batch: Batch): void;
  checksum(): string;
}

/** Rows of a source: in one chunk, or chunk by chunk with every run. */
export type SourceRows = SourceChunk | Iterable<SourceChunk>;

/** `chunks` are the rows of the document's sources, in its order of sources. */
export interface EngineRun {
  readonly document: PipelineDocument;
  readonly chunks: readonly SourceRows[];
  /** A new consumer for each run and sink, given the columns that arrive there and the sink's name. */
  readonly consumer: (schema: Schema, sink: string) => SinkConsumer;
  /** Who listens besides. */
  readonly listener?: ListenerKind | null;
}

/** The document run by the whole engine over rows in memory: log, rounds, ledger, commits, as the product runs it. */
export function engineRun({ document, chunks, consumer, listener: kind = null }: EngineRun): () => string {
  const planned = makePlan(document);
  assert(planned.ok, () => planned.problems.map((problem) => problem.message).join('\n'));
  const plan = planned.value;
  return () => {
    const results = plan.nodes.map(({ kind, id, inputs }) =>
      kind === 'sink' ? consumer(defined(inputs[0], 'what the sink takes').type.schema, id) : null,
    );
    const committed = (node: number, batch: Batch): void => results[node]!.take(batch);
    const listener = kind === null ? null : makeListener(kind, plan, committed);
    const engine = new Engine(plan, listener?.probe ?? { keepsRounds: 0, sinksApart: true, committed });
    takeLog(logOf(plan, chunks, listener?.probe.keepsRounds ?? (listener === null ? 0 : Infinity)), engine, listener);
    for (const [id, node] of engine.ledger()) assert(imbalance(node) === 0, `the ledger of ${id} balances`);
    return results.flatMap((sink) => (sink === null ? [] : [sink.checksum()])).join(' ');
  };
}

export function logOf(plan: Plan, chunks: readonly SourceRows[], keptSlices: number): EventLog {
  const readers = plan.sources.map((node, source) => {
    const { schema } = plan.nodes[node]!.bound as { readonly schema: Schema };
    const rows = defined(chunks[source], 'rows of a source');
    return new MemorySource(schema, Symbol.iterator in rows ? rows : [rows]);
  });
  return new EventLog({ readers, tickMs: TICK_MS, clockHorizonMs: clockHorizonOf(plan), keptSlices });
}

/** Round by round, each as long as the engine asks for, to the end of the log. */
export function takeLog(log: EventLog, engine: Engine, listener: Listener | null): void {
  for (;;) {
    const slice = log.nextSlice(engine.roundEntries);
    assert(!(slice instanceof Promise), 'rows in memory are at hand');
    if (slice === null) return;
    listener?.begin(slice);
    engine.run(slice);
    listener?.end(engine);
  }
}
