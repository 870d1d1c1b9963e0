import type { Engine } from '../engine/engine.ts';
import type { Probe } from '../engine/probe.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { Plan } from '../pipeline/plan.ts';
import { grouped, safeText } from './terminal-text.ts';

/** The ledger as the outside contract writes it. Infinite watermarks are texts. */
export function ledgerRecord(document: PipelineDocument, plan: Plan, engine: Engine): object {
  const { dialect } = document;
  const { end, seed } = plan;
  const run = { dialect, end, seed, entries: engine.position, watermark: finite(leastWatermark(plan, engine)) };
  const nodes = Object.fromEntries([...engine.ledger()].map(([id, node]) => [id, nodeRecord(node)]));
  return { run, nodes };
}

function nodeRecord(node: NodeLedger): object {
  const { used, held, late, filtered, unmatched, rejected, emitted, lateWindows, stateRows, stateBytes } = node;
  return { in: node.in, used, held, late, filtered, unmatched, rejected, emitted, lateWindows, stateRows, stateBytes };
}

/** How far event time has come everywhere: the least watermark of the sinks, of all nodes where there is no sink. */
function leastWatermark(plan: Plan, engine: Engine): number {
  const all = plan.nodes.map((_, index) => index);
  const sinks = all.filter((index) => plan.nodes[index]?.kind === 'sink');
  return Math.min(...(sinks.length > 0 ? sinks : all).map((index) => engine.watermarkOf(index)));
}

/** A number that JSON has no way to write, as a text. */
export function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

const FATES = ['in', 'used', 'held', 'late', 'filtered', 'unmatched', 'rejected'] as const;

/** The ledger as a table, and what still waits. */
export function summaryText(engine: Engine): string {
  const ledger = [...engine.ledger()];
  const rows = ledger.map(([id, node]) => {
    const emitted = Object.values(node.emitted).flatMap((kinds) => Object.values(kinds));
    const sum = emitted.reduce((total, count) => total + count, 0);
    return [safeText(id), ...FATES.map((fate) => grouped(node[fate])), grouped(sum)];
  });
  const table = [['node', ...FATES, 'emitted'], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const forClock = engine.waitingForClock();
  const waiting = ledger
    .filter(([, { held }]) => held > 0)
    .map(([id, { held }]) => {
      const why = forClock.includes(id) ? ', for the processing clock: --end drain moves it on' : '';
      return `held: ${grouped(held)} rows still wait in ${safeText(id)} at the end of the run${why}`;
    });
  return `${[...lines, ...waiting].join('\n')}\n`;
}

type Rejection = Parameters<NonNullable<Probe['rejected']>>[1];

const REASONS_TOLD = 3;

/** Counts the rows that operators reject while a run goes on, and keeps the first reasons of each. */
export class RejectedRows {
  private readonly byNode = new Map<number, { count: number; readonly first: { seq: number; message: string }[] }>();

  take(node: number, { batch, row, message }: Rejection): void {
    let rejected = this.byNode.get(node);
    if (rejected === undefined) {
      rejected = { count: 0, first: [] };
      this.byNode.set(node, rejected);
    }
    rejected.count++;
    if (rejected.first.length < REASONS_TOLD) rejected.first.push({ seq: batch.seq[row] ?? 0, message });
  }

  /** In the order of the plan. */
  text(plan: Plan): string {
    return plan.nodes
      .flatMap(({ id }, index) => {
        const rejected = this.byNode.get(index);
        if (rejected === undefined) return [];
        const first = rejected.first.map(({ seq, message }) => `  entry ${seq}: ${safeText(message)}\n`);
        return [`rejected: ${grouped(rejected.count)} rows in ${safeText(id)}\n`, ...first];
      })
      .join('');
  }
}

/** Whether any record of a source, or any row in an operator, was rejected. */
export function anyRejected(engine: Engine): boolean {
  return [...engine.ledger()].some(([, { rejected }]) => rejected > 0);
}
