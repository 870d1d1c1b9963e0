import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeReader } from '../event-time.ts';
import type { TimeReader } from '../event-time.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import { CommonIsoTime } from './common-iso-reader.ts';

function readerOf(zone: string): TimeReader {
  const reader = timeReader({ unit: 'iso', zone });
  if ('of' in reader) throw new Error(reader.fault);
  return reader;
}

const two = (value: number): string => String(value).padStart(2, '0');
const clock = fc
  .tuple(
    fc.integer({ min: 0, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 25 }),
    fc.tuple(fc.integer({ min: 0, max: 61 }), fc.integer({ min: 0, max: 61 })),
    fc.constantFrom('T', ' ', 't'),
  )
  .map(
    ([year, month, day, hour, [minute, second], mark]) =>
      `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${mark}${two(hour)}:${two(minute)}:${two(second)}`,
  );
const fraction = fc.constantFrom('', '.', '.1', '.12', '.123', '.123456', '.123456789', '.1234567890', ',5');
const offset = fc.constantFrom(
  '',
  'Z',
  'z',
  ' Z',
  '+01:00',
  '-08:30',
  '+0530',
  '+05',
  '+18:59',
  '+19:00',
  '+01:60',
  'x',
  'Zx',
);
const text = fc.tuple(clock, fraction, offset).map((parts) => parts.join(''));

/** By the calendar of the platform; null when it has no such time. */
function platformMs(written: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/.exec(written);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const date = new Date(
    Date.UTC(2000, month - 1, day, hour, minute, second, Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))),
  );
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return null;
  const zone = parts[8];
  if (zone === undefined || zone === 'Z') return date.getTime();
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (hours > 18 || minutes > 59) return null;
  return date.getTime() - (hours * 60 + minutes) * (zone.startsWith('-') ? -60_000 : 60_000);
}

describe('times at fixed places', () => {
  it('are those of the platform’s calendar; what is written in another way is left alone', () => {
    const common = new CommonIsoTime();
    fc.assert(
      fc.property(text, (written) => {
        const bytes = encodeUtf8(`"${written}"9`);
        const isRead = common.read(bytes, 1, bytes.length - 2);
        const offsetMs = Number.isNaN(common.offsetMs) ? 0 : common.offsetMs;
        expect(isRead ? common.localMs - offsetMs : null).toBe(platformMs(written));
      }),
      { numRuns: 5000 },
    );
  });

  it('mean the same as when they are read part by part', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata']) {
      const reader = readerOf(zone);
      fc.assert(
        fc.property(clock, fc.constantFrom('.5', '.25', ''), (written, millis) => {
          const fixed = encodeUtf8(`${written}${millis}`);
          // A comma before the fraction, or `t` for the T, is never at a fixed place.
          const free = encodeUtf8(
            millis === '' ? written.replace(/[T ]/, 't') : `${written}${millis.replace('.', ',')}`,
          );
          const found = [reader.readMs(fixed, 0, fixed.length), reader.note];
          expect([reader.readMs(free, 0, free.length), reader.note]).toEqual(found);
        }),
        { numRuns: 1000 },
      );
    }
  });
});
