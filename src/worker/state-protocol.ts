import type { InputPortName } from '../stream/node-definition.ts';
import type { WatermarkMs } from '../stream/time.ts';

/** One of the watermarks that a node's own is the least of: of an input, or of a partition of a source upstream. */
export interface StateMark {
  /** The node before the input; the source of a partition. */
  readonly nodeId: string;
  /** Null for a partition. */
  readonly port: InputPortName | null;
  /** Null for an input. */
  readonly partition: number | null;
  /** Null before the first. */
  readonly watermarkMs: WatermarkMs | null;
  readonly isIdle: boolean;
  /** Whether it is the least of several inputs, or of several partitions of its source, that are not idle. */
  readonly holds: boolean;
}
