import type { Json, JsonObject } from './case.ts';

/** A document and a written log, as files of the outside contract hold them. */
export interface Graph {
  readonly document: JsonObject;
  readonly log: readonly JsonObject[];
  /** The step of the case that each entry of the log stands for; -1 for entries that stand for none. */
  readonly steps: readonly number[];
}

export interface Node {
  readonly id: string;
  readonly type: string;
  readonly config: JsonObject;
  readonly engine?: JsonObject;
}

export interface Shape {
  readonly name: string;
  readonly dialect: 'flink-datastream' | 'flink-sql' | 'kafka-streams' | 'ksqldb' | 'beam';
  readonly timeDomain?: 'event' | 'processing';
  readonly end?: 'none' | 'flush';
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** From a node to a node, as `id` or `id:port`; the ports are out and in where not said. */
export type Edge = readonly [from: string, to: string];

/** A document of version 1. */
export function documentOf({ name, dialect, timeDomain = 'event', end = 'none', nodes, edges }: Shape): JsonObject {
  return {
    version: 1,
    name,
    dialect,
    time: { domain: timeDomain },
    nodes: nodes.map(({ id, type, config, engine = {} }) => ({ id, type, config, engine })),
    edges: edges.map(([from, to]) => ({ from: endOf(from, 'out'), to: endOf(to, 'in') })),
    layout: {},
    run: { seed: 1, end },
  };
}

function endOf(text: string, port: string): JsonObject {
  const named = /^(.*):(late|left|right)$/s.exec(text);
  return named === null ? { node: text, port } : { node: named[1], port: named[2] };
}

export interface SourceShape {
  readonly id: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** The column that holds the event time; null where rows have none. */
  readonly time: string | { readonly column: string; readonly unit: string } | null;
  readonly watermark?: JsonObject;
  readonly changes?: 'upsert' | 'retract';
  /** What a change is about. */
  readonly key?: readonly string[];
}

/** A source whose rows the log holds. Without a watermark of its own only the log's entries move event time. */
export function sourceNode({ id, columns, time, watermark, changes, key }: SourceShape): Node {
  const config = {
    format: 'ndjson',
    columns: columns.map(([name, type]) => ({ name, type, ...(type === 'TIMESTAMP' ? { unit: 'ms' } : {}) })),
    time: typeof time === 'string' ? { column: time, unit: 'ms' } : time,
    watermark: watermark ?? { strategy: 'none', delayMs: 0 },
    ...(changes === undefined ? {} : { changes }),
    ...(key === undefined ? {} : { key }),
  };
  return { id, type: 'source.file', config };
}

export function sinkNode(id: string): Node {
  return { id, type: 'sink', config: {} };
}

/** A column's name inside an expression. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text inside an expression. */
export function literal(value: Json): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return value === null ? 'NULL' : String(value);
}

/** Writes a log entry by entry; every entry is processed at the present time of the clock. */
export class LogWriter {
  readonly entries: JsonObject[] = [];
  readonly steps: number[] = [];
  private nowMs = 0;

  row(step: number, source: string, row: JsonObject, op?: Json): void {
    this.push(step, { source, row, at: this.nowMs, ...(op === undefined || op === '+I' ? {} : { op }) });
  }

  watermark(step: number, source: string, watermark: number): void {
    this.push(step, { source, watermark: Number.isFinite(watermark) ? watermark : String(watermark) });
  }

  status(step: number, source: string, status: Json): void {
    this.push(step, { source, status });
  }

  clock(step: number, nowMs: number): void {
    this.nowMs = nowMs;
    this.push(step, { clock: nowMs });
  }

  crashAndRestore(step: number): void {
    this.push(step, { control: 'crash-restore' });
  }

  /** The present time of the clock. */
  get now(): number {
    return this.nowMs;
  }

  private push(step: number, entry: JsonObject): void {
    this.entries.push(entry);
    this.steps.push(step);
  }

  finish(document: JsonObject): Graph {
    return { document, log: this.entries, steps: this.steps };
  }
}
