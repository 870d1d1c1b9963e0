import type { NodeLedger } from '../../engine/ledger.ts';
import type { PlannedNode } from '../../pipeline/plan.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { StateLook } from '../../stream/state-look.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Run } from '../run.ts';
import type { Holder, Silence } from './silence-protocol.ts';

/** Entries of each kind that are looked at: what has fired already may stand before what waits. */
const ENTRIES_LOOKED = 200;

type Waits = Extract<Silence, { readonly kind: 'waits' }>;

/** Why nothing more comes out of a node as the run stands. The last events of holders are for the caller to fill in. */
export function silenceOf(run: Run, nodeId: string): Silence {
  const index = run.plan.nodes.findIndex(({ id }) => id === nodeId);
  const ledger = run.ledger();
  const visit = (at: number): Silence => {
    const node = run.plan.nodes[at];
    const counts = node === undefined ? undefined : ledger.get(node.id);
    if (node === undefined || counts === undefined) return { kind: 'no-input', nodeId };
    if (run.plan.sources.includes(at)) return sourceSilence(node, counts);
    if (node.inputs.length === 0) return { kind: 'no-input', nodeId: node.id };
    const empty = node.inputs.filter(({ fromNode, fromPort }) => emittedBy(run, ledger, fromNode, fromPort) === 0);
    const isJoin = new Set(node.inputs.map(({ port }) => port)).size > 1;
    if (counts.in === 0) return visit(node.inputs[0]?.fromNode ?? -1);
    if (isJoin && empty.length > 0 && outOf(counts) === 0) {
      return { kind: 'one-sided', nodeId: node.id, because: visit(empty[0]?.fromNode ?? -1) };
    }
    if (counts.held > 0 || counts.stateRows > 0) {
      const waits = waitsAt(run, at, counts);
      if (waits.first !== null || outOf(counts) === 0) return waits;
    }
    if (node.kind === 'sink' || outOf(counts) > 0) return upstream(at, node) ?? { kind: 'flows', nodeId: node.id };
    const { filtered, rejected, late, unmatched } = counts;
    return { kind: 'used-up', nodeId: node.id, in: counts.in, fates: { filtered, rejected, late, unmatched } };
  };
  /** What the nodes before wait for, where rows come through by now. */
  const upstream = (_at: number, { inputs }: PlannedNode): Silence | null => {
    for (const { fromNode } of inputs) {
      if (run.plan.sources.includes(fromNode)) continue;
      const found = visit(fromNode);
      if (found.kind === 'waits') return found;
    }
    return null;
  };
  return run.seq === 0 ? { kind: 'not-begun' } : visit(index);
}

function sourceSilence({ id }: PlannedNode, counts: NodeLedger): Silence {
  if (counts.in === 0) return { kind: 'no-events', nodeId: id };
  if (outOf(counts) > 0) return { kind: 'flows', nodeId: id };
  const { filtered, rejected, late, unmatched } = counts;
  return { kind: 'used-up', nodeId: id, in: counts.in, fates: { filtered, rejected, late, unmatched } };
}

function outOf({ emitted }: NodeLedger): number {
  return sum(emitted['out']);
}

function sum(kinds: Readonly<Record<string, number>> | undefined): number {
  return Object.values(kinds ?? {}).reduce((total, count) => total + count, 0);
}

function emittedBy(run: Run, ledger: ReadonlyMap<string, NodeLedger>, node: number, port: OutputPortName): number {
  return sum(ledger.get(run.plan.nodes[node]?.id ?? '')?.emitted[port]);
}

function waitsAt(run: Run, index: number, counts: NodeLedger): Waits {
  const { plan, feeds } = run;
  const first = firstOf(run.look(index, ENTRIES_LOOKED));
  const watermark = feeds.nodes[index]?.watermark ?? NO_WATERMARK;
  return {
    kind: 'waits',
    nodeId: plan.nodes[index]?.id ?? '',
    held: counts.held,
    first,
    watermarkMs: watermark === NO_WATERMARK ? null : watermark,
    atMs: run.processingTimeMs,
    holders: first === null || first.byClock ? [] : holdersOf(run, index, first.untilMs),
    heedsWatermarks: plan.dialect.windows.machine !== 'stores' && plan.timeDomain === 'event',
  };
}

/** What comes first of all that is kept: an open window, or an entry with a time of its own. */
function firstOf(look: StateLook | null): Waits['first'] {
  const window = look?.windows.find(({ hasFired }) => !hasFired);
  if (window !== undefined) {
    const { startMs, endMs, rows, keys, untilMs } = window;
    return { window: { startMs, endMs }, rows, keys, untilMs, byClock: false };
  }
  const entries = look?.contents.flatMap((contents) => contents.entries) ?? [];
  const waiting = entries.filter(
    ({ until }) => until !== null && until.does !== 'goes' && Number.isFinite(until.timeMs),
  );
  const next = waiting.toSorted((a, b) => (a.until?.timeMs ?? 0) - (b.until?.timeMs ?? 0))[0];
  if (next?.until === undefined || next.until === null) return null;
  const { timeMs, isByClock = false } = next.until;
  return { window: next.window, rows: null, keys: null, untilMs: timeMs, byClock: isByClock };
}

/** Sources, or their partitions, whose watermark is below `untilMs` and that are not idle; the least first. */
function holdersOf({ plan, feeds }: Run, index: number, untilMs: number): readonly Holder[] {
  const facts = feeds.nodes[index]?.facts;
  const holders = (facts?.sources ?? []).flatMap((s): readonly Holder[] => {
    const node = plan.nodes[plan.sources[s] ?? -1];
    const feed = feeds.nodes[plan.sources[s] ?? -1];
    if (node === undefined || feed === undefined) return [];
    const { watermark: config } = node.bound as SourceTimes;
    const isRuled = config.strategy === 'per-event' || config.strategy === 'periodic';
    const known = facts?.hasOtherTime !== true && isRuled;
    const neededMs = known ? untilMs - plan.dialect.time.boundedWatermark(0, config.delayMs) : null;
    const marks = feeds.partitionMarks(s);
    const all = marks.length < 2 ? [{ partition: null, watermark: feed.watermark, idle: feed.idle }] : marks;
    return all
      .filter(({ idle, watermark }) => !idle && watermark < untilMs)
      .map(({ partition, watermark }) => ({
        ...{ sourceId: node.id, partition, last: null, neededMs },
        watermarkMs: watermark === NO_WATERMARK ? null : watermark,
      }));
  });
  return holders.toSorted((a, b) => (a.watermarkMs ?? NO_WATERMARK) - (b.watermarkMs ?? NO_WATERMARK));
}
