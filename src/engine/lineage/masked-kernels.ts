import type { Kernel, KernelInput } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount, withSelection } from '../../stream/batch.ts';
import type { KernelRegistry } from '../node.ts';
import { nodeKernels } from './node-kernels.ts';
import type { TimeRecord } from './time-record.ts';

/** What each node's watermark was. */
export type KnownTime = Pick<TimeRecord, 'curve'>;

/**
 * Kernels for a replay in which only the rows of some entries are there, and time passes as it did with all of them: each
 * node's watermark is the one that was recorded. Sources hand on all rows; whoever reads them takes those that are left.
 */
export function maskedKernels(
  plan: Plan,
  time: KnownTime,
  isKept: (seq: number) => boolean,
  registry?: KernelRegistry,
): KernelRegistry {
  return nodeKernels(
    plan,
    (node, _kind, request, make) => maskedKernel(make(request), { plan, time, isKept, node }),
    registry,
  );
}

interface Mask {
  readonly plan: Plan;
  readonly time: KnownTime;
  readonly isKept: (seq: number) => boolean;
  readonly node: number;
}

function maskedKernel(kernel: Kernel, { plan, time, isKept, node }: Mask): Kernel {
  const run = kernel.run.bind(kernel);
  const nodeId = plan.nodes[node]?.id ?? '';
  const fromSource = plan.nodes[node]?.inputs.map(({ fromNode }) => plan.sources.includes(fromNode)) ?? [];
  return Object.assign(kernel, {
    run: ((round, inputs, clock, out) => {
      const left = inputs.map((input, i): KernelInput => {
        if (fromSource[i] !== true) return input;
        return { ...input, batches: input.batches.flatMap((batch) => keptRows(batch, isKept)) };
      });
      run(round, left, clock, out);
      return time.curve(nodeId, round.firstSeq, round.length);
    }) satisfies Kernel['run'],
  });
}

function keptRows(batch: Batch, isKept: (seq: number) => boolean): readonly Batch[] {
  const rows: number[] = [];
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    if (isKept(batch.seq[row] ?? -1)) rows.push(row);
  }
  return rows.length === 0 ? [] : [withSelection(batch, Int32Array.from(rows))];
}
