import type { Job } from '../job.ts';
import { makeJob } from '../job.ts';
import { eventCsv, eventNdjson } from './event-text.ts';
import { readByJsonParse } from './json-parse.ts';
import type { WantedColumn } from './layout.ts';
import { EVENT_COLUMNS, ORDER_COLUMNS } from './layout.ts';
import { orderCsv, orderNdjson } from './order-text.ts';
import { readByPapaparse } from './papaparse.ts';
import { readByTidemark } from './tidemark.ts';

interface Layout {
  /** The bytes of a file of so many records. */
  readonly file: (records: number) => Uint8Array;
  readonly columns: readonly WantedColumn[];
  /** As many as it takes to have 50 MB. */
  readonly records: number;
}

/** Times the number of records that a file has by itself, at most: it has to lie in memory, and as one text beside it. */
const MOST_TIMES = 4;

function csvJob(name: string, { file, columns, records }: Layout): Job {
  const maxEvents = records * MOST_TIMES;
  return makeJob<Uint8Array>({
    name,
    unit: 'bytes/s',
    events: records,
    input: file,
    size: (bytes) => bytes.length,
    contenders: [
      { name: 'papaparse', maxEvents, prepare: (bytes) => readByPapaparse(bytes, columns) },
      { name: 'tidemark', maxEvents, prepare: (bytes) => readByTidemark(bytes, 'csv', columns) },
    ],
  });
}

function ndjsonJob(name: string, { file, columns, records }: Layout): Job {
  const maxEvents = records * MOST_TIMES;
  return makeJob<Uint8Array>({
    name,
    unit: 'bytes/s',
    events: records,
    input: file,
    size: (bytes) => bytes.length,
    contenders: [
      { name: 'json-parse', maxEvents, prepare: (bytes) => readByJsonParse(bytes, columns) },
      { name: 'tidemark', maxEvents, prepare: (bytes) => readByTidemark(bytes, 'ndjson', columns) },
    ],
  });
}

/** From the bytes of a file to typed columns: short records of which all is wanted, and long ones of which half is. */
export const ingestJobs: readonly Job[] = [
  csvJob('ingest-csv', { file: orderCsv, columns: ORDER_COLUMNS, records: 150_000 }),
  csvJob('ingest-csv-short', { file: eventCsv, columns: EVENT_COLUMNS, records: 1_600_000 }),
  ndjsonJob('ingest-ndjson', { file: orderNdjson, columns: ORDER_COLUMNS, records: 110_000 }),
  ndjsonJob('ingest-ndjson-short', { file: eventNdjson, columns: EVENT_COLUMNS, records: 720_000 }),
];
