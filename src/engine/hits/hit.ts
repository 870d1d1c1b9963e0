import type { OutputPortName } from '../../stream/node-definition.ts';

/** What a run may be stopped by. `nodeId` null: any node. */
export type Watch =
  | { readonly kind: 'drop'; readonly nodeId: string | null }
  /** A window of the node gave a result. */
  | { readonly kind: 'firing'; readonly nodeId: string | null }
  /** The watermark of the node's outputs moved. */
  | { readonly kind: 'watermark'; readonly nodeId: string | null }
  /** A row that comes into the node, or leaves it by `out`, is one for which an SQL condition is TRUE. */
  | { readonly kind: 'condition'; readonly nodeId: string; readonly side: 'in' | 'out'; readonly condition: string }
  /** A row could not be used (rejected, without a time, without a key), or a ledger does not add up. */
  | { readonly kind: 'anomaly'; readonly nodeId: string | null };

/** The entry of the log that a watch waited for. */
export interface Hit {
  readonly seq: number;
  /** Which of the watches. */
  readonly watch: number;
  readonly nodeId: string;
}

/** Whose rows a condition looks at. */
export interface WatchedPort {
  readonly node: number;
  readonly port: OutputPortName;
}
