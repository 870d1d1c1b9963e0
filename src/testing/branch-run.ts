import { expect } from 'vitest';
import { clockHorizonOf, TICK_MS } from '../engine/clock-need.ts';
import { Engine } from '../engine/engine.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import { resultRecords } from '../engine/result-records.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { makePlan } from '../pipeline/make-plan.ts';
import { defined } from '../stream/assert.ts';
import { ENTRY_CLOCK } from '../stream/log-slice.ts';
import { EventLog } from '../sources/log/event-log.ts';
import type { BranchComparison } from '../worker/branch-protocol.ts';
import { openSources } from '../worker/open-sources.ts';
import { Session } from '../worker/session.ts';
import { BranchDesk } from '../worker/branches/branch-desk.ts';

export type Config = Readonly<Record<string, unknown>>;

export function changed(
  document: PipelineDocument,
  change: (kind: string, config: Config) => Config,
): PipelineDocument {
  const nodes = document.nodes.map((node) => ({ ...node, config: change(node.type, node.config) }));
  return { ...document, nodes };
}

export interface PlainRun {
  readonly ledger: ReadonlyMap<string, NodeLedger>;
  /** Sorted lines of what left each node by `out`, without where it stood in the log. */
  readonly results: ReadonlyMap<string, readonly string[]>;
  /** Entries of rows that each node dropped. */
  readonly drops: ReadonlyMap<string, readonly number[]>;
  readonly events: number;
  readonly untilMs: number;
}

/** A document on its own, one entry after the other, up to so many entries, or events and ticks of the clock. */
export async function plainRun(
  document: PipelineDocument,
  most: { entries?: number; events?: number; untilMs?: number },
): Promise<PlainRun> {
  const planned = makePlan(document);
  if (!planned.ok) throw new Error(planned.problems[0]?.message);
  const plan = planned.value;
  const readers = openSources(plan, {}, new AbortController().signal);
  if (!readers.ok) throw new Error('no sources');
  const log = new EventLog({
    readers: readers.value,
    tickMs: TICK_MS,
    clockHorizonMs: clockHorizonOf(plan),
    keptSlices: 0,
  });
  const lines = new Map<string, string[]>();
  const drops = new Map<string, number[]>();
  const engine = new Engine(plan, {
    keepsRounds: 0,
    output: (index, port, batch) => {
      const node = defined(plan.nodes[index], 'node');
      if (port !== 'out') return;
      const own = lines.get(node.id) ?? [];
      for (const { op, key, window, pane, ts, row } of resultRecords(
        node.id,
        batch,
        defined(node.outputs.out, 'output'),
      ))
        own.push(JSON.stringify([op, key, window, pane, ts, row]));
      lines.set(node.id, own);
    },
    drop: (index, { batch, row }) => {
      const { id } = defined(plan.nodes[index], 'node');
      drops.set(id, [...(drops.get(id) ?? []), batch.seq[row] ?? -1]);
    },
  });
  let events = 0;
  while (engine.position < (most.entries ?? Infinity)) {
    const slice = await log.nextSlice(1);
    if (slice === null) break;
    const isTick = slice.kinds[0] === ENTRY_CLOCK;
    if (isTick && (slice.at[0] ?? 0) > (most.untilMs ?? Infinity)) break;
    if (!isTick && events === (most.events ?? Infinity)) break;
    if (!isTick) events++;
    engine.run(slice);
  }
  return {
    ledger: engine.ledger(),
    results: new Map([...lines].map(([id, own]) => [id, own.toSorted()])),
    drops,
    events,
    untilMs: engine.processingTimeMs,
  };
}

export async function opened(
  document: PipelineDocument,
): Promise<{ readonly session: Session; readonly desk: BranchDesk }> {
  const session = new Session(() => performance.now());
  expect((await session.open({ run: 1, document, files: {} })).ok).toBe(true);
  return {
    session,
    desk: new BranchDesk(
      () => performance.now(),
      () => session.opened,
    ),
  };
}

export async function compare(desk: BranchDesk, nodeId: string | null = null): Promise<BranchComparison> {
  const answer = await desk.compareBranch({ id: 'b', nodeId, column: null });
  if (answer.kind !== 'compared') throw new Error('given up');
  return answer.comparison;
}
