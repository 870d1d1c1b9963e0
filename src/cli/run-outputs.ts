import type { Probe } from '../engine/probe.ts';
import { dropRecord, recordLine, resultRecords } from '../engine/result-records.ts';
import type { Plan } from '../pipeline/plan.ts';
import { defined } from '../stream/assert.ts';
import type { Curve } from '../stream/curve.ts';
import type { Reject } from '../sources/rejects.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import type { LineOutput } from './line-output.ts';
import { openOutput } from './line-output.ts';
import type { RunOptions } from './run-options.ts';
import { RejectedRows, finite } from './run-summary.ts';

/** The files a run writes while it goes on, and the listener that fills them. */
export interface RunOutputs {
  readonly probe: Probe;
  /** What operators rejected so far. */
  readonly rejectedRows: RejectedRows;
  /** Tells which slice the engine is about to take. */
  beforeRound(slice: LogSlice): void;
  afterRound(): void;
  readonly isFull: boolean;
  /** Nobody reads the results any more. */
  readonly isGone: boolean;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Writes rejected records as lines, once it has somewhere to write to; none come before the run begins. */
export class RejectLines {
  output: LineOutput | null = null;

  take(source: string, { line, column, reason, text }: Reject): void {
    this.output?.write(`${JSON.stringify({ source, line, column, reason, text })}\n`);
  }
}

export async function openRunOutputs(options: RunOptions, plan: Plan, rejects: RejectLines): Promise<RunOutputs> {
  const results = await openOutput(options.out);
  const drops = options.drops === null ? null : await openOutput(options.drops);
  const watermarks = options.watermarks === null ? null : await openOutput(options.watermarks);
  rejects.output = options.rejects === null ? null : await openOutput(options.rejects);
  const opened = [results, drops, watermarks, rejects.output].filter((output) => output !== null);
  const curves = new CurveWriter(plan);
  const rejectedRows = new RejectedRows();
  let slice: LogSlice | null = null;
  const clock = plan.dialect.windows.machine === 'stores' ? 'streamTime' : 'watermark';
  const probe: Probe = {
    // Everything is a line of text as soon as it is heard.
    keepsRounds: 0,
    committed: (index, batch) => {
      const node = defined(plan.nodes[index], 'sink');
      const type = defined(node.inputs[0], 'input of a sink').type;
      for (const record of resultRecords(node.id, batch, type)) results.write(`${recordLine(record)}\n`);
    },
    rejected: (index, rejection) => rejectedRows.take(index, rejection),
    ...(drops === null
      ? {}
      : {
          drop: (index, drop) => {
            const seq = defined(drop.batch.seq[drop.row], 'position of a drop');
            const source = sourceOf(plan, defined(slice, 'slice'), seq);
            drops.write(`${recordLine(dropRecord(defined(plan.nodes[index], 'node').id, source, drop, clock))}\n`);
          },
        }),
    ...(watermarks === null ? {} : { curve: (index, curve) => curves.take(index, curve) }),
  };
  return {
    probe,
    rejectedRows,
    beforeRound: (next) => {
      slice = next;
    },
    afterRound: () => {
      if (watermarks !== null) curves.writeTo(watermarks);
    },
    get isFull() {
      return opened.some((output) => output.isFull);
    },
    get isGone() {
      return results.isGone;
    },
    flush: async () => {
      for (const output of opened) await output.flush();
    },
    close: async () => {
      const closed = await Promise.allSettled(opened.map((output) => output.close()));
      const failed = closed.find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

/** Id of the source whose entry `seq` is. */
function sourceOf(plan: Plan, slice: LogSlice, seq: number): string {
  const source = slice.source[seq - slice.firstSeq] ?? -1;
  const node = plan.nodes[plan.sources[source] ?? -1];
  return node?.id ?? '';
}

interface Step {
  readonly seq: number;
  readonly index: number;
  readonly line: string;
}

/** One line for each step of a node's watermark, and each change of being idle; by entry, then node of the plan. */
class CurveWriter {
  private readonly last: { watermark: number; idle: boolean }[];
  private readonly plan: Plan;
  private steps: Step[] = [];

  constructor(plan: Plan) {
    this.plan = plan;
    this.last = plan.nodes.map(() => ({ watermark: -Infinity, idle: false }));
  }

  take(index: number, { firstSeq, watermarks, idle }: Curve): void {
    const last = defined(this.last[index], 'node');
    const node = defined(this.plan.nodes[index], 'node').id;
    for (let i = 0; i < watermarks.length; i++) {
      const watermark = watermarks[i] ?? -Infinity;
      const isIdle = idle !== null && idle[i] === 1;
      if (watermark === last.watermark && isIdle === last.idle) continue;
      last.watermark = watermark;
      last.idle = isIdle;
      const seq = firstSeq + i;
      this.steps.push({ seq, index, line: JSON.stringify({ seq, node, watermark: finite(watermark), idle: isIdle }) });
    }
  }

  /** Nodes tell of a round one after the other; the file must not show where rounds were cut. */
  writeTo(output: LineOutput): void {
    this.steps.sort((a, b) => a.seq - b.seq || a.index - b.index);
    for (const { line } of this.steps) output.write(`${line}\n`);
    this.steps = [];
  }
}

/** Writes a file of one piece; a run that failed still leaves its ledger. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const output = await openOutput(path);
  output.write(text);
  await output.close();
}
