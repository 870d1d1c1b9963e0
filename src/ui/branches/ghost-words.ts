import type { Ghost } from '../../app/branches/ghost.ts';
import { formatCount } from '../theme/format.ts';

/** What the dashed line of a chart says, for whoever does not see it; nothing while there is none. */
export function ghostWords(ghost: Ghost | null, where: string): string {
  return ghost === null ? '' : ` Dashed: ${ghost.name}, other in ${where}.`;
}

export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
