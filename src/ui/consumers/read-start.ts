import type { ConsumerStart } from '../../app/consumers/consumer-store.ts';

const TIME = /^(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)Z?$/;

export type StartKind = ConsumerStart['by'];

/** A start as it was written; a text says what is wrong with it. A time without a date is of the day of `dayMs`. */
export function readStart(by: StartKind, text: string, dayMs: number | null): ConsumerStart | string {
  switch (by) {
    case 'earliest':
    case 'latest':
      return { by };
    case 'offset': {
      const digits = text.trim().replaceAll(',', '');
      if (/^\d{1,15}$/.test(digits)) return { by, seq: Number(digits) };
      return 'This is no offset. Write a whole number, like 1200: the first entry of the log has offset 0.';
    }
    case 'timestamp': {
      const match = TIME.exec(text.trim());
      const day = match?.[1] ?? (dayMs === null ? null : new Date(dayMs).toISOString().slice(0, 10));
      const tsMs = match === null || day === null ? Number.NaN : Date.parse(`${day}T${match[2] ?? ''}Z`);
      if (!Number.isNaN(tsMs)) return { by, tsMs };
      return 'This is no time. Write one like 12:00:05 or 2026-03-01 12:00:05; it is UTC.';
    }
  }
}
