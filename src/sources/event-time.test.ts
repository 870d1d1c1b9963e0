import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeReader } from './event-time.ts';
import { timeReader } from './event-time.ts';
import { encodeUtf8 } from './text/utf8-reader.ts';
import { timeZone } from './time/zone.ts';

function reader(unit: string, zone = 'UTC'): TimeReader {
  const made = timeReader({ unit, zone });
  if ('of' in made) throw new Error(made.fault);
  return made;
}

function read(text: string, unit: string, zone = 'UTC'): number | string {
  const made = reader(unit, zone);
  const bytes = encodeUtf8(text);
  const ms = made.readMs(bytes, 0, bytes.length);
  return Number.isNaN(ms) ? made.fault : ms;
}

const instant = fc.integer({ min: Date.UTC(0, 0, 1) - 50_000_000_000_000, max: Date.UTC(9999, 11, 31) });

function two(value: number): string {
  return String(value).padStart(2, '0');
}

describe('reading times', () => {
  it('reads back what was written, in every unit and in ISO', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(read(String(ms), 'ms')).toBe(ms);
        expect(read(`${ms}000`, 'us')).toBe(ms);
        expect(read(`${ms}000000`, 'ns')).toBe(ms);
        expect(read(new Date(ms).toISOString(), 'iso')).toBe(ms);
        const seconds = Math.floor(ms / 1000);
        expect(read(String(seconds), 's')).toBe(seconds * 1000);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back patterns of both styles', () => {
    const time = fc.integer({ min: Date.UTC(1000, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(time, (seconds) => {
        const date = new Date(seconds * 1000);
        const [y, mo, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        const [h, mi, s] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
        const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][mo - 1]!;
        const half = `${two(h % 12 === 0 ? 12 : h % 12)}:${two(mi)}:${two(s)} ${h < 12 ? 'AM' : 'PM'}`;
        const clock = `${two(h)}:${two(mi)}:${two(s)}`;
        for (const [text, patterns] of [
          [`${y}/${two(mo)}/${two(d)} ${clock}`, ['yyyy/MM/dd HH:mm:ss', '%Y/%m/%d %H:%M:%S', '%Y/%m/%d %T']],
          [`${d}.${mo}.${y} ${clock}`, ['d.M.yyyy HH:mm:ss', '%d.%m.%Y %T']],
          [`${two(d)} ${month} ${y} ${half}`, ['dd MMM yyyy hh:mm:ss a', '%d %b %Y %I:%M:%S %p']],
          [`${two(d)}/${month}/${y}:${clock} +0000`, ['dd/MMM/yyyy:HH:mm:ss Z', '%d/%b/%Y:%H:%M:%S %z']],
          [`${y}${two(mo)}${two(d)}T${two(h)}${two(mi)}${two(s)}`, ["yyyyMMdd'T'HHmmss", '%Y%m%dT%H%M%S']],
        ] as const) {
          for (const pattern of patterns) expect(read(text, pattern)).toBe(seconds * 1000);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('accepts a date if and only if the calendar has it', () => {
    const part = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(part, ([year, month, day]) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
        const ms = read(text, 'iso');
        expect(typeof ms === 'number').toBe(exists);
        if (exists) expect(ms).toBe(date.getTime());
      }),
      { numRuns: 5000 },
    );
  });

  it('knows offsets, the end of a day and fractions, and cuts towards the past', () => {
    expect(read('2024-01-01T01:30:00+01:30', 'iso')).toBe(Date.UTC(2024, 0, 1));
    expect(read('2024-01-01 00:00:00 UTC', 'iso')).toBe(Date.UTC(2024, 0, 1));
    expect(read('2023-12-31t19:00-0500', 'iso')).toBe(Date.UTC(2024, 0, 1));
    expect(read('2024-01-02T24:00:00Z', 'iso')).toBe(Date.UTC(2024, 0, 3));
    expect(read('2024-01-01T00:00:00.123456789Z', 'iso')).toBe(Date.UTC(2024, 0, 1) + 123);
    expect(read('+012024-01-01', 'iso')).toBe(Date.UTC(12024, 0, 1));
    expect(read('-1', 'us')).toBe(-1);
    expect(read('-1500000', 'ns')).toBe(-2);
    expect(read('1704067200.25', 's')).toBe(1_704_067_200_250);
  });

  it('refuses everything else with a reason', () => {
    for (const [text, unit, fault] of [
      ['2024-02-30', 'iso', 'month 2 of 2024 has no day 30'],
      ['2024-13-01', 'iso', 'there is no month 13'],
      ['2024-01-01T25:00:00Z', 'iso', 'there is no hour 25'],
      ['2024-01-01T00:60Z', 'iso', 'there is no minute 60'],
      ['2024-01-01T12:00:60Z', 'iso', 'there is no second 60'],
      ['foo 5', 'iso', 'not an ISO 8601 time'],
      ['2024-01-01T00:00:00X', 'iso', 'not an ISO 8601 time'],
      ['1', 'iso', 'not an ISO 8601 time'],
      ['9007199254740992', 'ms', 'a time of 2^53 ms or more'],
      ['12e3', 'ms', 'not a plain number'],
      ['', 'ms', 'not a number'],
      ['01/02/24', 'dd.MM.yyyy', 'not a time like dd.MM.yyyy'],
    ] as const) {
      expect(read(text, unit)).toBe(fault);
    }
  });

  it('takes a leap second for the second after it, and says so', () => {
    const made = reader('iso');
    const bytes = encodeUtf8('2016-12-31T23:59:60Z');
    expect(made.readMs(bytes, 0, bytes.length)).toBe(Date.UTC(2017, 0, 1));
    expect(made.note).toBe('leap-second');
  });

  it('refuses patterns and zones that nobody can follow', () => {
    for (const unit of ['yyyy-MM', 'HH:mm', 'yyyy-MM-dd hh:mm', '%Q', "yyyy-MM-dd 'open", 'yyyy-MM-dd kk']) {
      expect(timeReader({ unit, zone: 'UTC' })).toMatchObject({ of: 'unit' });
    }
    expect(timeReader({ unit: 'iso', zone: 'Mars/Olympus' })).toMatchObject({ of: 'zone' });
  });
});

describe('a time zone', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];

  it('turns local times back into instants, by the platform’s own offsets', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2035, 0, 1) }),
        (name, ms) => {
          const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
          const seconds = Math.floor(ms / 1000) * 1000;
          const localMs = Date.parse(`${format.format(seconds).replace(' ', 'T')}Z`);
          const zone = timeZone(name)!;
          expect(zone.offsetMs(seconds)).toBe(localMs - seconds);
          const back = zone.toInstantMs(localMs);
          if (zone.kind === 'overlap') expect(back).toBeLessThanOrEqual(seconds);
          else expect([zone.kind, back]).toEqual(['exact', seconds]);
          expect(format.format(back)).toBe(format.format(seconds));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('moves over a gap and takes the first of two', () => {
    const made = reader('iso', 'Europe/Berlin');
    for (const [text, utc, note] of [
      ['2024-03-31T01:30:00', '2024-03-31T00:30:00Z', 'no-offset'],
      ['2024-03-31T02:30:00', '2024-03-31T01:30:00Z', 'local-time-gap'],
      ['2024-03-31T03:30:00', '2024-03-31T01:30:00Z', 'no-offset'],
      ['2024-10-27T02:30:00', '2024-10-27T00:30:00Z', 'local-time-ambiguous'],
      ['2024-10-27T03:00:00', '2024-10-27T02:00:00Z', 'no-offset'],
    ] as const) {
      const bytes = encodeUtf8(text);
      expect(new Date(made.readMs(bytes, 0, bytes.length)).getTime()).toBe(Date.parse(utc));
      expect(made.note).toBe(note);
    }
  });
});
