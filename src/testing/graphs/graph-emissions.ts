import { Engine } from '../../engine/engine.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { OperatorKind } from '../../operators/operator.ts';
import type { WindowBound } from '../../operators/window/bound.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { Batch } from '../../stream/batch.ts';
import { PANE_TIMING_NAMES, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { EmittedResult } from '../may-emit.ts';
import { windowMayEmit } from '../may-emit.ts';
import type { Setting } from '../run-laws.ts';

/** What the nodes of a plan emitted on all ports, and each one's watermark after every entry. */
interface Emissions {
  readonly results: readonly EmittedResult[][];
  readonly watermarks: readonly number[][];
}

/** Throws if a window anywhere in the plan emits what the dialect does not allow at that watermark. */
export function windowsMayEmit(setting: Setting): void {
  const { plan, log } = setting;
  const { results, watermarks } = emissionsOf(setting);
  plan.nodes.forEach((node, place) => {
    if (node.kind !== 'window') return;
    const bound = node.bound as WindowBound;
    const taken = node.inputs.flatMap(({ fromNode }) => results[fromNode]!);
    const steps = watermarks[place]!;
    for (const result of results[place]!) {
      const { seq } = result;
      const times = taken.filter((row) => row.seq <= seq).map(({ ts }) => ts ?? Number.NEGATIVE_INFINITY);
      const moment = { before: steps[seq - 1] ?? -Infinity, after: steps[seq]!, now: log.at[seq]! };
      const told = isByRow(bound, plan) && followsWaiting(plan, node) ? { ...result, phase: 0 } : result;
      windowMayEmit(told, bound, { ...moment, largest: Math.max(...times) }, plan);
    }
  });
}

/** Whether only rows make the window emit: what it emits then has their phase. */
function isByRow({ result, kind }: WindowBound, plan: Plan): boolean {
  return plan.dialect.windows.machine === 'stores' || (result === 'rows' && kind !== 'session');
}

/** Whether rows come that a watermark has brought forth. */
function followsWaiting(plan: Plan, { inputs }: PlannedNode): boolean {
  return inputs.some(({ fromNode }) => {
    const node = plan.nodes[fromNode]!;
    return WAITING.has(node.kind) || followsWaiting(plan, node);
  });
}

/** Kinds that may keep rows until the watermark or the clock says that they are due. */
const WAITING: ReadonlySet<string> = new Set<OperatorKind>([
  'window',
  'join.interval',
  'join.window',
  'join.temporal',
  'over',
  'top-n',
  'dedup',
]);

function emissionsOf({ plan, log, cuts, registry }: Setting): Emissions {
  const results: EmittedResult[][] = plan.nodes.map(() => []);
  const watermarks: number[][] = plan.nodes.map(() => []);
  const engine = new Engine(
    plan,
    {
      output: (node, port, batch) => {
        // Late and rejected rows still tell the window that they came from.
        const rows = rowsOf(plan.nodes[node]!.id, batch);
        results[node]!.push(...(port === 'out' ? rows : rows.map((row) => ({ ...row, window: null }))));
      },
      curve: (node, curve) => watermarks[node]!.push(...curve.watermarks),
    },
    registry,
  );
  const bounds = [0, ...cuts, log.length];
  bounds.slice(1).forEach((to, i) => {
    if (to > bounds[i]!) engine.run(cutSlice(log, bounds[i]!, to));
  });
  return { results, watermarks };
}

function rowsOf(node: string, batch: Batch): readonly EmittedResult[] {
  const { origin, seq, ts } = batch;
  return Array.from({ length: rowCount(batch) }, (_, i): EmittedResult => {
    const row = rowAt(batch, i);
    const isWindowed = origin !== null && !Number.isNaN(origin.windowStartMs[row]!);
    return {
      seq: seq[row]!,
      phase: phaseAt(batch, row),
      node,
      ts: Number.isNaN(ts[row]!) ? null : ts[row]!,
      window: isWindowed ? [origin.windowStartMs[row]!, origin.windowEndMs[row]!] : null,
      pane: isWindowed ? { timing: PANE_TIMING_NAMES[origin.timing[row]!]!, index: origin.paneIndex[row]! } : null,
    };
  });
}
