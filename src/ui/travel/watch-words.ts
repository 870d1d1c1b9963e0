import { displayName } from '../../app/document-catalog.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import type { Watch } from '../../app/run-state.ts';

/** What a breakpoint waits for: `Drop at any node`, `Firing of Clicks per user`. */
export function watchWords(watch: Watch, nodes: readonly DocumentNode[]): string {
  const { nodeId } = watch;
  const node = nodes.find(({ id }) => id === nodeId);
  const name = nodeId === null ? 'any node' : node === undefined ? 'a node that is gone' : displayName(node);
  switch (watch.kind) {
    case 'drop':
      return `Drop at ${name}`;
    case 'firing':
      return `Firing of ${name}`;
    case 'watermark':
      return `Step of the watermark of ${name}`;
    case 'condition':
      return `Row ${watch.side === 'in' ? 'into' : 'out of'} ${name}: ${watch.condition}`;
    case 'anomaly':
      return `Ledger anomaly at ${name}`;
  }
}

/** Why the run stands: `drop at Clicks per user`. `nodeId` is where it happened. */
export function hitWords(watch: Watch | undefined, nodeId: string, nodes: readonly DocumentNode[]): string {
  if (watch === undefined) return 'a breakpoint that was removed since';
  const words = watchWords(watch.nodeId === null ? { ...watch, nodeId } : watch, nodes);
  return words.charAt(0).toLowerCase() + words.slice(1);
}
