import type { ReadFrom } from '../../sources/log/log-start.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { ConsumerRequest } from '../consumer-protocol.ts';

/** Where a start lies in a log of which `written` entries are written; one that was found before lies where it lay. */
export function readFrom(
  { start, place }: Pick<ConsumerRequest, 'start' | 'place'>,
  written: number,
): Result<ReadFrom> {
  if (place !== null) return found({ seq: place.restSeq, tsMs: start.by === 'timestamp' ? start.tsMs : null });
  switch (start.by) {
    case 'earliest':
      return found({ seq: 0, tsMs: null });
    case 'latest':
      return found({ seq: written, tsMs: null });
    case 'offset': {
      const { seq } = start;
      if (Number.isInteger(seq) && seq >= 0 && seq <= written) return found({ seq, tsMs: null });
      return refused(
        'consumer-offset',
        `The log has no offset ${String(seq)}: so far ${String(written)} entries are written.`,
        `Choose a whole number from 0 to ${String(written)}, or let the run go on first.`,
      );
    }
    case 'timestamp':
      if (Number.isFinite(start.tsMs)) return found({ seq: written, tsMs: start.tsMs });
      return refused('consumer-timestamp', 'This is no time.', 'Write a time, like 2026-03-02 12:00:05.');
  }
}

function found(value: ReadFrom): Result<ReadFrom> {
  return { ok: true, value, problems: [] };
}

export function refused(code: string, message: string, fix: string): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems: [{ code, severity: 'error', path: '', nodeId: null, message, fix }] };
}
