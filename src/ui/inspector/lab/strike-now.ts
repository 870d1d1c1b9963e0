import type { PlacedFault } from '../../../app/live-faults.ts';
import { changeRate, strike } from '../../../app/live-faults.ts';
import { announce } from '../../theme/announce.ts';
import { formatDuration } from '../../theme/format.ts';
import { notify } from '../../theme/notify.ts';

const DAY_MS = 86_400_000;

/** The next event that arrives claims to be a day ahead. */
export function poisonOne(nodeId: string): Promise<void> {
  const fault = { kind: 'poison', aheadMs: DAY_MS };
  return tell('One event claims to be a day ahead', strike(nodeId, 'Poison one event', fault));
}

export function cutPartition(nodeId: string, partition: number, forMs: number): Promise<void> {
  const what = `Partition ${String(partition)} is cut off for ${formatDuration(forMs)}`;
  return tell(what, strike(nodeId, `Cut partition ${String(partition)}`, { kind: 'cut', partition, forMs }));
}

/** The rate is so many percent of what it would be, from where the run stands on. */
export function setRateNow(nodeId: string, percent: number): Promise<void> {
  const label = `Set the rate to ${String(percent)} %`;
  return tell(`The rate is ${String(percent)} % of what it was set to`, changeRate(nodeId, label, percent));
}

async function tell(what: string, striking: Promise<PlacedFault | null>): Promise<void> {
  try {
    const placed = await striking;
    if (placed === null) return;
    const when = placed.isNow ? 'from now on' : `${formatDuration(placed.afterMs)} after the start`;
    announce(`${what}, ${when}. Undo takes it back.`);
  } catch {
    notify('error', 'The run could not go on with the fault.', 'It stands in the settings of the source. Press play.');
  }
}
