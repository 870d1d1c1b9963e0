import { Engine } from '../engine/engine.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { KernelRegistry } from '../engine/node.ts';
import type { Probe } from '../engine/probe.ts';
import { dropRecord, resultRecords } from '../engine/result-records.ts';
import { kernels } from '../operators/kernels.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { Curve } from '../stream/curve.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { withWaitingNumbers } from './log.ts';

/** Everything that a run showed. Lines are JSON as the outside contract writes it. */
export interface Transcript {
  readonly results: string[];
  readonly drops: string[];
  readonly rejections: string[];
  readonly firings: string[];
  /** Watermark of each node after each entry. */
  readonly watermarks: number[][];
}

export function emptyTranscript(plan: Plan): Transcript {
  return { results: [], drops: [], rejections: [], firings: [], watermarks: plan.nodes.map(() => []) };
}

/** Writes down what a run shows. */
export function recorder(plan: Plan, into: Transcript): Probe {
  return {
    keepsRounds: 0,
    committed: (node, batch) => {
      const { id, inputs } = plan.nodes[node]!;
      for (const record of resultRecords(id, batch, inputs[0]!.type)) into.results.push(lineOf(record));
    },
    drop: (node, drop) => into.drops.push(JSON.stringify(dropRecord(plan.nodes[node]!.id, '', drop))),
    rejected: (node, { batch, row, message }) =>
      into.rejections.push(`${plan.nodes[node]!.id} ${batch.seq[row]!} ${message}`),
    firing: (node, firing) => into.firings.push(JSON.stringify({ node, ...firing })),
    curve: (node, curve: Curve) => into.watermarks[node]!.push(...curve.watermarks),
  };
}

export interface RunOptions {
  /** Where the log is cut into rounds: numbers of entries, ascending. None: one round. */
  readonly cuts?: readonly number[];
  /** Before these entries the engine is thrown away and built again from a snapshot. */
  readonly crashes?: ReadonlySet<number>;
  readonly registry?: KernelRegistry;
  readonly afterRound?: (engine: Engine) => void;
}

export interface Run {
  readonly transcript: Transcript;
  readonly ledger: ReadonlyMap<string, NodeLedger>;
  readonly engine: Engine;
}

/** Runs a plan over a log that lies in memory. */
export function runLog(plan: Plan, log: LogSlice, options: RunOptions = {}): Run {
  const transcript = emptyTranscript(plan);
  const registry = options.registry ?? kernels;
  const probe = recorder(plan, transcript);
  let engine = new Engine(plan, probe, registry);
  const bounds = [0, ...(options.cuts ?? []), log.length];
  for (let i = 1; i < bounds.length; i++) {
    const from = bounds[i - 1]!;
    const to = bounds[i]!;
    if (from === to) continue;
    if (options.crashes?.has(from) === true) {
      const bytes = engine.snapshot();
      engine = new Engine(plan, probe, registry);
      engine.restore(bytes);
    }
    engine.run(withWaitingNumbers(cutSlice(log, from, to)));
    options.afterRound?.(engine);
  }
  return { transcript, ledger: engine.ledger(), engine };
}

/** Cuts after every entry. */
export function cutsOfOne(log: LogSlice): readonly number[] {
  return Array.from({ length: Math.max(0, log.length - 1) }, (_, i) => i + 1);
}

/** A record as one line of JSON, infinite times as text: JSON has no number for them. */
export function lineOf(record: object): string {
  return JSON.stringify(record, (_name, value: unknown) =>
    value === Infinity || value === -Infinity ? String(value) : value,
  );
}
