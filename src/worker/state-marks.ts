import type { WatermarkMs } from '../stream/time.ts';
import { NO_WATERMARK } from '../stream/time.ts';
import type { Run } from './run.ts';
import type { StateMark } from './state-protocol.ts';

/** Partitions of one source that are told. */
const PARTITIONS_TOLD = 16;

type Mark = Omit<StateMark, 'holds' | 'watermarkMs'> & { readonly watermark: WatermarkMs };

/** The watermarks that a node's own is made from: of its inputs, then of the partitions of the sources that it hears of. */
export function stateMarks({ plan, feeds }: Pick<Run, 'plan' | 'feeds'>, node: number): readonly StateMark[] {
  const inputs = (plan.nodes[node]?.inputs ?? []).map(({ port, fromNode }): Mark => {
    const feed = feeds.nodes[fromNode];
    const nodeId = plan.nodes[fromNode]?.id ?? '';
    const isIdle = feed?.idle ?? false;
    return { nodeId, port, partition: null, watermark: feed?.watermark ?? NO_WATERMARK, isIdle };
  });
  const partitions = (feeds.nodes[node]?.facts.sources ?? []).map((s) => {
    const nodeId = plan.nodes[plan.sources[s] ?? -1]?.id ?? '';
    const marks = feeds.partitionMarks(s);
    return marks.length < 2
      ? []
      : marks.map(({ partition, watermark, idle }): Mark => {
          return { nodeId, port: null, partition, watermark, isIdle: idle };
        });
  });
  return [withHolder(inputs), ...partitions.map((marks) => withHolder(marks).slice(0, PARTITIONS_TOLD))].flat();
}

function withHolder(marks: readonly Mark[]): readonly StateMark[] {
  const active = marks.filter(({ isIdle }) => !isIdle);
  const least = active.reduce((lowest, { watermark }) => Math.min(lowest, watermark), Infinity);
  const isHeld = active.length > 1 && least < Infinity;
  // The least first: of many partitions it is the one to be told.
  const inOrder = marks.length > PARTITIONS_TOLD ? marks.toSorted((a, b) => a.watermark - b.watermark) : marks;
  return inOrder.map(({ watermark, ...mark }) => ({
    ...mark,
    watermarkMs: watermark === NO_WATERMARK ? null : watermark,
    holds: isHeld && !mark.isIdle && watermark === least,
  }));
}
