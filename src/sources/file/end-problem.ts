import type { Problem } from '../../stream/problem.ts';
import type { TextEnd } from '../text/text-input.ts';

/** A compressed file that ends too early: what was read of it is sound, but not all. */
export const CUT = 'compressed-stream-cut';

/** What has to be said about where a text ended; null when it is whole. */
export function endProblem(end: TextEnd, name: string, rows: number): Problem | null {
  const file = name === '' ? 'The file' : name;
  switch (end.kind) {
    case 'whole':
      return null;
    case 'cancelled':
      return problem('cancelled', `Reading ${file} was cancelled after ${rows} rows.`, 'Start again to read all.');
    case 'foreign':
      return problem('content-type', `${file} is ${end.content.name}.`, end.content.fix);
    case 'failed':
      return problem('read-failed', `${file} cannot be read: ${end.message}`, 'Choose the file again.');
    case 'inflate':
      return end.error.fault === 'cut'
        ? problem(
            CUT,
            `${file} is cut off: the gzip stream ends in the middle. ${rows} rows were read before; the rest is missing.`,
            'Get the file again, or go on with what there is.',
          )
        : problem(
            end.error.fault === 'checksum' ? 'checksum' : 'damaged-gzip',
            `${file} is damaged: ${end.error.fault === 'checksum' ? 'its gzip checksum is wrong' : 'its gzip stream cannot be inflated'}. None of its rows can be trusted.`,
            'Get the file again.',
          );
  }
}

function problem(code: string, message: string, fix: string): Problem {
  return { code, severity: 'error', path: '', nodeId: null, message, fix };
}
