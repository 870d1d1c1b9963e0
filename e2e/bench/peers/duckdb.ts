import { createRequire } from 'node:module';
import type { DuckDBConnection } from '@duckdb/duckdb-wasm/blocking';
import { NODE_RUNTIME, VoidLogger, createDuckDB } from '@duckdb/duckdb-wasm/blocking';
import type { DataType, RecordBatch } from 'apache-arrow';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import type { Contender } from '../job.ts';
import type { Workload } from '../workload.ts';

/** Its rates hold from some hundred thousand rows on, and a table takes longer to fill than to ask. */
const MAX_EVENTS = 1_000_000;

/** Columns of a result by place. */
export type ArrowRows = RecordBatch<Readonly<Record<string, DataType>>>;

/** Takes the results of one run. */
interface ArrowSums {
  take(rows: ArrowRows): void;
  checksum(): string;
}

interface DuckDbJob {
  /** Over `events`: key INTEGER, value DOUBLE, ts BIGINT in ms, side TINYINT, name VARCHAR. */
  readonly sql: string;
  readonly sums: () => ArrowSums;
}

/**
 * DuckDB compiled to WebAssembly, one thread, in this one. It is asked over a table that holds all rows already, and
 * answers once: no watermark, no late rows, no results on the way. What it gives are columns of Arrow.
 */
export function duckDb({ sql, sums }: DuckDbJob): Contender {
  return {
    name: 'duckdb-wasm',
    maxEvents: MAX_EVENTS,
    prepare: async (workload) => {
      const database = await connected();
      const table = tableOf(database, workload);
      const query = sql.replaceAll('events', table);
      return () => {
        const results = sums();
        for (const rows of database.query<Readonly<Record<string, DataType>>>(query).batches) results.take(rows);
        return results.checksum();
      };
    },
  };
}

let connection: Promise<DuckDBConnection> | null = null;

function connected(): Promise<DuckDBConnection> {
  connection ??= connect();
  return connection;
}

async function connect(): Promise<DuckDBConnection> {
  const { resolve } = createRequire(import.meta.url);
  const file = (name: string): string => resolve(`@duckdb/duckdb-wasm/dist/${name}`);
  const bundles = {
    mvp: { mainModule: file('duckdb-mvp.wasm'), mainWorker: file('duckdb-node-mvp.worker.cjs') },
    eh: { mainModule: file('duckdb-eh.wasm'), mainWorker: file('duckdb-node-eh.worker.cjs') },
  };
  const database = await createDuckDB(bundles, new VoidLogger(), NODE_RUNTIME);
  await database.instantiate(() => undefined);
  return database.connect();
}

const tables = new WeakMap<Workload, string>();
let tableCount = 0;

/** The name of the table with the workload's rows, made where there is none yet. */
function tableOf(database: DuckDBConnection, workload: Workload): string {
  const known = tables.get(workload);
  if (known !== undefined) return known;
  const name = `rows_${tableCount++}`;
  const { key, value, ts, side } = workload;
  const raw = tableToIPC(tableFromArrays({ key, value, ts, side }), 'stream');
  database.insertArrowFromIPCStream(raw, { name: 'raw', schema: 'main', create: true });
  database.query(
    `CREATE TABLE ${name} AS SELECT key, value, CAST(ts AS BIGINT) AS ts, side,
     'user-' || lpad(CAST(key AS VARCHAR), 4, '0') AS name FROM raw`,
  );
  database.query('DROP TABLE raw');
  tables.set(workload, name);
  return name;
}

export function intsAt(rows: ArrowRows, index: number): Int32Array {
  const values: unknown = rows.getChildAt(index)?.toArray();
  if (values instanceof Int32Array) return values;
  throw new Error(`column ${index} of the results holds no whole numbers`);
}

export function doublesAt(rows: ArrowRows, index: number): Float64Array {
  const values: unknown = rows.getChildAt(index)?.toArray();
  if (values instanceof Float64Array) return values;
  throw new Error(`column ${index} of the results holds no doubles`);
}

/** UTF-8 bytes of a text column; row i from `offsets[i]` to `offsets[i + 1]`. */
export function textsAt(rows: ArrowRows, index: number): { readonly bytes: Uint8Array; readonly offsets: Int32Array } {
  const data = rows.getChildAt(index)?.data[0];
  const bytes: unknown = data?.values;
  const offsets: unknown = data?.valueOffsets;
  if (bytes instanceof Uint8Array && offsets instanceof Int32Array) return { bytes, offsets };
  throw new Error(`column ${index} of the results holds no texts`);
}
