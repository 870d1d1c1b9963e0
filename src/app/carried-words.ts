import type { Nudge } from '../worker/explain-protocol.ts';
import type { Carried } from './carry-over.ts';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** What of the run before is otherwise in one that was begun anew: `Two watermarks sent by hand are not in this run.` */
export function carriedWords({ lost, edits }: Pick<Carried, 'lost' | 'edits'>): string {
  const parts = KINDS.flatMap(({ holds, one, many, how }) => {
    const count = lost.filter(holds).length;
    return count === 0 ? [] : [`${numberWord(count)} ${count === 1 ? one : many} ${how}`];
  });
  const gone = `${inRow(parts)} ${lost.length === 1 ? 'is' : 'are'} not in this run: its log is another up to there.`;
  const held = `${numberWord(edits)} ${edits === 1 ? 'edit made while it ran holds' : 'edits made while it ran hold'}`;
  return [...(lost.length === 0 ? [] : [gone]), ...(edits === 0 ? [] : [`${held} from its start on.`])]
    .map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`)
    .join(' ');
}

const KINDS = [
  { holds: isWatermark, one: 'watermark', many: 'watermarks', how: 'sent by hand' },
  { holds: isEnd, one: 'end of stream', many: 'ends of stream', how: 'sent by hand' },
  { holds: ({ kind }: Nudge) => kind === 'idle', one: 'partition', many: 'partitions', how: 'marked idle' },
] as const;

function isWatermark(nudge: Nudge): boolean {
  return nudge.kind === 'watermark' && !isEnd(nudge);
}

function isEnd(nudge: Nudge): boolean {
  return nudge.kind === 'watermark' && nudge.watermarkMs === Infinity;
}

function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}

function inRow(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
