import { parseDuration } from '../../stream/duration.ts';
import type { SeekTarget } from '../run-state.ts';

/** A run as somebody stands in it who says where to go. Times epoch ms, null while there are none. */
export interface Standpoint {
  readonly seq: number;
  /** The clock that times are meant by. */
  readonly clock: 'processing-time' | 'event-time';
  readonly nowMs: number | null;
  /** Of the first entry. */
  readonly firstMs: number | null;
}

export type ReadTarget =
  { readonly ok: true; readonly target: SeekTarget } | { readonly ok: false; readonly message: string };

const DAY_MS = 86_400_000;
const OFFSET = /^#?\s*(\d[\d,_ ]*)$/;
const OFFSET_STEP = /^([+-])\s*#?\s*(\d[\d,_ ]*)$/;
const TIME = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]\s*)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?\s*z?$/i;

const EXAMPLES = 'Write an offset such as #1,200, a time such as 12:41:35.2, or a duration such as +30s.';

/**
 * Reads `#1,200` or `1200`, `+10`, `start`, `end`, `12:41`, `12:41:35.2`, `2026-01-15 12:41:35`, `+30s`, `-5m`, and `90s`, which
 * is so long behind the first entry. A time without a date is of the day on which the run stands. All times are UTC.
 */
export function readTarget(text: string, standpoint: Standpoint): ReadTarget {
  const written = text.trim().replace('\u2212', '-');
  if (written === '') return refused(EXAMPLES);
  const word = written.toLowerCase();
  if (word === 'start') return offset(0);
  if (word === 'end') return offset(Infinity);
  const plain = OFFSET.exec(written)?.[1];
  if (plain !== undefined) return offset(digits(plain));
  const [, sign, count = ''] = OFFSET_STEP.exec(written) ?? [];
  if (sign !== undefined) return offset(Math.max(0, standpoint.seq + (sign === '-' ? -1 : 1) * digits(count)));
  const time = TIME.exec(written);
  return time === null ? readDuration(written, standpoint) : readTime(time, standpoint);
}

function digits(text: string): number {
  return Number(text.replace(/[^\d]/g, ''));
}

function offset(seq: number): ReadTarget {
  if (seq !== Infinity && !Number.isSafeInteger(seq)) return refused('No run has so many entries.');
  return { ok: true, target: { by: 'seq', seq } };
}

function refused(message: string): ReadTarget {
  return { ok: false, message };
}

function at(timeMs: number, { clock }: Standpoint): ReadTarget {
  const target: SeekTarget =
    clock === 'processing-time' ? { by: 'processing-time', atMs: timeMs } : { by: 'event-time', tsMs: timeMs };
  return { ok: true, target };
}

function readDuration(written: string, standpoint: Standpoint): ReadTarget {
  const isRelative = /^[+-]/.test(written);
  const durationMs = parseDuration(written.replace(/^\+\s*/, '').replace(/^-\s+/, '-'));
  if (durationMs === null) return refused(`“${written}” is no place in the run. ${EXAMPLES}`);
  const fromMs = isRelative ? (standpoint.nowMs ?? standpoint.firstMs) : standpoint.firstMs;
  if (fromMs === null) return refused('The run has no time yet. Step into it first, or write an offset.');
  return at(fromMs + durationMs, standpoint);
}

function readTime(match: RegExpExecArray, standpoint: Standpoint): ReadTarget {
  const [, year, month, day, hours = '', minutes = '', seconds = '0', fraction = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    return refused(`${match[0]} is no time of day: hours go to 23, minutes and seconds to 59.`);
  const inDayMs =
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'));
  if (year !== undefined && month !== undefined && day !== undefined) {
    const dayMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
    const isDay = new Date(dayMs).getUTCMonth() === Number(month) - 1 && Number(day) > 0;
    if (!isDay) return refused(`${year}-${month}-${day} is no day of the calendar.`);
    return at(dayMs + inDayMs, standpoint);
  }
  const besideMs = standpoint.nowMs ?? standpoint.firstMs;
  if (besideMs === null) return refused('The run has no time yet. Step into it first, or write the date as well.');
  return at(Math.floor(besideMs / DAY_MS) * DAY_MS + inDayMs, standpoint);
}
