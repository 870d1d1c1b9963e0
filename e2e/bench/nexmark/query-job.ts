import type { SourceRows } from '../engine/engine-run.ts';
import { engineRun } from '../engine/engine-run.ts';
import type { Contender, Job } from '../job.ts';
import { makeJob } from '../job.ts';
import { rowsOf } from './event-rows.ts';
import type { NexmarkEvents } from './events.ts';
import { madeEvents, nexmarkEvents } from './events.ts';
import type { Query } from './query.ts';
import { ResultSums } from './result-sums.ts';

/** All queries get as many events, of all three types: 50 s of event time. */
export const QUERY_EVENTS = 500_000;

type QueryContender = Contender<NexmarkEvents>;

/** The whole engine over events from `chunks`. */
function engineOf({ document, results }: Query, chunks: SourceRows): () => string {
  return engineRun({
    document,
    chunks: [chunks],
    consumer: () => {
      const sums = new ResultSums(results);
      return { take: (batch) => sums.addBatch(batch), checksum: () => sums.checksum() };
    },
  });
}

/** Over events that were made before. */
function tidemark(query: Query): QueryContender {
  return { name: 'tidemark', prepare: ({ chunks }) => engineOf(query, chunks) };
}

/** The same with the making of the events, with all their texts, inside the timing. */
function withGenerator(query: Query): QueryContender {
  return {
    name: 'with-generator',
    prepare: ({ length, order }) => engineOf(query, { [Symbol.iterator]: () => madeEvents(length, order) }),
  };
}

/** Row by row, without a library. */
function plain({ plain: run, results }: Query): QueryContender {
  return {
    name: 'plain',
    prepare: (events) => {
      const rows = rowsOf(events);
      return () => {
        const sums = new ResultSums(results);
        run(rows, sums);
        return sums.checksum();
      };
    },
  };
}

export function contendersOf(query: Query): readonly QueryContender[] {
  return [plain(query), tidemark(query), withGenerator(query)];
}

/** A query of the benchmark as a job. Rates count events of all types, as Flink's published ones do. */
export function queryJob(query: Query): Job {
  return makeJob<NexmarkEvents>({
    name: `nexmark-${query.name}`,
    events: QUERY_EVENTS,
    input: (events) => nexmarkEvents(events),
    size: ({ length }) => length,
    contenders: contendersOf(query),
  });
}
