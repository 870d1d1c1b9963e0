import { Engine } from '../../src/engine/engine.ts';
import type { NodeLedger } from '../../src/engine/ledger.ts';
import type { Probe } from '../../src/engine/probe.ts';
import type { DropRecord, ResultRecord } from '../../src/engine/result-records.ts';
import { dropRecord, resultRecords } from '../../src/engine/result-records.ts';
import { makePlan } from '../../src/pipeline/make-plan.ts';
import type { Plan } from '../../src/pipeline/plan.ts';
import { readDocument } from '../../src/pipeline/read-document.ts';
import { validate } from '../../src/pipeline/validate.ts';
import type { Inflate } from '../../src/sources/byte-source.ts';
import { bytesSource } from '../../src/sources/byte-source.ts';
import { EntryLog } from '../../src/sources/log/entry-log.ts';
import { readEntryLog } from '../../src/sources/log/written-log.ts';
import type { BoundSource } from '../../src/sources/open-source.ts';
import { entrySource } from '../../src/sources/open-source.ts';
import { defined } from '../../src/stream/assert.ts';
import type { Batch } from '../../src/stream/batch.ts';
import { PANE_TIMING_NAMES, rowAt } from '../../src/stream/batch.ts';
import type { Problem } from '../../src/stream/problem.ts';
import { Inexpressible } from './case.ts';
import type { Graph } from './graph.ts';

/** A row at a sink, with the step of the case that brought it. */
export interface StepResult extends ResultRecord {
  readonly step: number;
  /** Null for rows that no window made; a window without bounds has panes too. */
  readonly firing: PaneFiring | null;
}

export interface PaneFiring {
  readonly timing: string;
  readonly index: number;
  /** Whether the window is over with it, where the engine says so. */
  readonly isLast: boolean;
}

export interface StepDrop extends DropRecord {
  readonly step: number;
}

/** A node's watermark and status after an entry of the log. */
export interface Progress {
  readonly watermark: number;
  readonly idle: boolean;
}

/** Everything that a run over a written log told. */
export interface Recorded {
  readonly graph: Graph;
  /** In the order in which the sinks got them. */
  readonly results: readonly StepResult[];
  readonly drops: readonly StepDrop[];
  /** After each entry of the log. */
  progress(node: string, entry: number): Progress;
  /** After each entry of the log; the last one also after the end. */
  ledger(node: string, entry: number): NodeLedger;
  lastLedger(node: string): NodeLedger;
}

/**
 * Takes a document and a log the way the product does: read, validated, planned, run. Entry by entry, as a user steps, so
 * that what happened after each can be told; in longer rounds ledgers stand at their ends alone. Throws an `Inexpressible`
 * with the problems when the product refuses them.
 */
export async function runGraph(graph: Graph, roundEntries = 1): Promise<Recorded> {
  const plan = planOf(graph);
  const columns = await logOf(graph, plan);
  const recorder = new Recorder(graph, plan);
  const engine = new Engine(plan, recorder.probe);
  const log = new EntryLog(columns);
  for (let slice = log.nextSlice(roundEntries); slice !== null; slice = log.nextSlice(roundEntries)) {
    engine.run(slice);
    recorder.ledgers.push(engine.ledger());
    // As the product does: what came before the limit stands.
    if (engine.limit !== null) break;
  }
  return recorder;
}

function planOf({ document }: Graph): Plan {
  const read = readDocument(JSON.stringify(document));
  if (!read.ok) throw new Inexpressible(told(read.problems));
  const found = validate(read.value).filter(({ severity }) => severity === 'error');
  if (found.length > 0) throw new Inexpressible(told(found));
  const planned = makePlan(read.value);
  if (!planned.ok) throw new Inexpressible(told(planned.problems));
  return planned.value;
}

async function logOf({ log }: Graph, plan: Plan): Promise<ConstructorParameters<typeof EntryLog>[0]> {
  const sources = plan.sources.map((index) => defined(plan.nodes[index], 'source'));
  const text = log.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const read = await readEntryLog(
    bytesSource('log', new TextEncoder().encode(text)),
    plain,
    sources.map(({ id, bound, outputs }) => entrySource(id, bound as BoundSource, defined(outputs.out, 'output'))),
  );
  if (!read.ok) throw new Inexpressible(told(read.problems));
  return read.value;
}

/** A log that was just written is not compressed. */
const plain: Inflate = (chunks) => chunks;

function told(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const { code, path, message } = defined(errors[0] ?? problems[0], 'a problem');
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${code} at ${path}: ${message}${more}`;
}

class Recorder implements Recorded {
  readonly graph: Graph;
  readonly results: StepResult[] = [];
  readonly drops: StepDrop[] = [];
  readonly ledgers: ReadonlyMap<string, NodeLedger>[] = [];
  private readonly curves = new Map<string, Progress[]>();
  private readonly plan: Plan;

  constructor(graph: Graph, plan: Plan) {
    this.graph = graph;
    this.plan = plan;
  }

  readonly probe: Probe = {
    committed: (index, batch) => {
      const node = defined(this.plan.nodes[index], 'sink');
      resultRecords(node.id, batch, defined(node.inputs[0], 'input').type).forEach((record, i) => {
        this.results.push({ ...record, step: this.stepOf(record.seq), firing: firingOf(batch, rowAt(batch, i)) });
      });
    },
    drop: (index, drop) => {
      const record = dropRecord(this.idOf(index), '', drop);
      this.drops.push({ ...record, step: this.stepOf(record.seq) });
    },
    curve: (index, { watermarks, idle }) => {
      const id = this.idOf(index);
      const told = this.curves.get(id) ?? [];
      this.curves.set(id, told);
      watermarks.forEach((watermark, i) => told.push({ watermark, idle: idle !== null && idle[i] === 1 }));
    },
  };

  progress(node: string, entry: number): Progress {
    return defined(this.curves.get(node)?.[entry], `the watermark of ${node}`);
  }

  ledger(node: string, entry: number): NodeLedger {
    return defined(this.ledgers[entry]?.get(node), `the ledger of ${node}`);
  }

  lastLedger(node: string): NodeLedger {
    return this.ledger(node, this.ledgers.length - 1);
  }

  private stepOf(seq: number): number {
    return this.graph.steps[seq] ?? -1;
  }

  private idOf(index: number): string {
    return defined(this.plan.nodes[index], 'node').id;
  }
}

function firingOf({ origin }: Batch, row: number): PaneFiring | null {
  if (origin === null) return null;
  const timing = PANE_TIMING_NAMES[origin.timing[row] ?? 0] ?? '';
  return { timing, index: origin.paneIndex[row] ?? 0, isLast: origin.last?.[row] === 1 };
}
