import type { FaultSettings } from '../../../app/disorder-lab.ts';
import { strike } from '../../../app/live-faults.ts';
import { announce } from '../../theme/announce.ts';
import { formatDuration } from '../../theme/format.ts';
import { notify } from '../../theme/notify.ts';

const DAY_MS = 86_400_000;

/** The next event that arrives claims to be a day ahead. */
export function poisonOne(nodeId: string): Promise<void> {
  return strikeAndTell(nodeId, 'Poison one event', 'One event claims to be a day ahead', {
    kind: 'poison',
    aheadMs: DAY_MS,
  });
}

export function cutPartition(nodeId: string, partition: number, forMs: number): Promise<void> {
  const what = `Partition ${String(partition)} is cut off for ${formatDuration(forMs)}`;
  return strikeAndTell(nodeId, `Cut partition ${String(partition)}`, what, { kind: 'cut', partition, forMs });
}

async function strikeAndTell(nodeId: string, label: string, what: string, fault: FaultSettings): Promise<void> {
  try {
    const placed = await strike(nodeId, label, fault);
    if (placed === null) return;
    const when = placed.isNow ? 'from now on' : `${formatDuration(placed.afterMs)} after the start`;
    announce(`${what}, ${when}. Undo takes it back.`);
  } catch {
    notify('error', 'The run could not go on with the fault.', 'It stands in the settings of the source. Press play.');
  }
}
