import { TIME_LIMIT_MS } from '../stream/time.ts';
import { readShortWhole } from './fields/number-reader.ts';
import { LocalTime } from './time/calendar.ts';
import { CommonIsoTime } from './time/common-iso-reader.ts';
import { readIso } from './time/iso-reader.ts';
import type { PatternPart } from './time/pattern-reader.ts';
import { parsePattern, readPattern } from './time/pattern-reader.ts';
import type { TimeZone } from './time/zone.ts';
import { timeZone } from './time/zone.ts';

/** Numbers since 1970 in one of these units. */
export const EPOCH_UNITS = ['s', 'ms', 'us', 'ns'] as const;
export type EpochUnit = (typeof EPOCH_UNITS)[number];

/** How the text of a time is meant: an epoch unit, `iso`, or a pattern such as `yyyy/MM/dd HH:mm` or `%d.%m.%Y`. */
export interface TimeFormat {
  readonly unit: string;
  /** IANA zone of local times; texts that state an offset of their own do not need it. */
  readonly zone: string;
}

/** A remarkable time that was read all the same. */
export type TimeNote = 'leap-second' | 'local-time-gap' | 'local-time-ambiguous' | 'no-offset';

/**
 * Reads times of one format into epoch ms. `readMs` gives NaN when the text is none, and then says why in `fault`; it
 * leaves in `note` what is remarkable about a time that it could read.
 *
 * Fractions of a millisecond are cut off (towards the past). The calendar is strict: 30 February is a fault. Times of
 * 2^53 ms and beyond are refused.
 */
export class TimeReader {
  fault = '';
  note: TimeNote | null = null;
  private readonly format: TimeFormat;
  private readonly epoch: EpochUnit | null;
  private readonly parts: readonly PatternPart[] | null;
  private readonly zone: TimeZone;
  private readonly local = new LocalTime();
  private readonly common = new CommonIsoTime();

  constructor(format: TimeFormat, parts: readonly PatternPart[] | null, zone: TimeZone) {
    this.format = format;
    this.epoch = EPOCH_UNITS.find((unit) => unit === format.unit) ?? null;
    this.parts = parts;
    this.zone = zone;
  }

  /** `isNumber`: a JSON number, which `iso` and patterns take for epoch ms. */
  readMs(bytes: Uint8Array, start: number, end: number, isNumber = false): number {
    this.note = null;
    if (this.epoch !== null || isNumber) return this.readEpoch(bytes, start, end);
    if (this.parts === null && this.common.read(bytes, start, end)) {
      const { localMs, offsetMs } = this.common;
      return offsetMs === offsetMs ? localMs - offsetMs : this.instantOf(localMs);
    }
    const { local } = this;
    const read =
      this.parts === null ? readIso(bytes, start, end, local) : readPattern(bytes, { start, end }, this.parts, local);
    if (!read) return this.fail(this.parts === null ? 'not an ISO 8601 time' : `not a time like ${this.format.unit}`);
    const fault = local.fault();
    if (fault !== null) return this.fail(fault);
    const ms = local.toMs();
    if (local.second === 60) this.note = 'leap-second';
    if (!Number.isNaN(local.offsetMs)) return ms - local.offsetMs;
    return this.instantOf(ms);
  }

  /** The instant of a local time, in the zone that the format names. */
  private instantOf(localMs: number): number {
    const instantMs = this.zone.toInstantMs(localMs);
    if (this.note === null) {
      this.note =
        this.zone.kind === 'gap'
          ? 'local-time-gap'
          : this.zone.kind === 'overlap'
            ? 'local-time-ambiguous'
            : 'no-offset';
    }
    return instantMs;
  }

  private readEpoch(bytes: Uint8Array, start: number, end: number): number {
    const unit = this.epoch ?? 'ms';
    if (unit === 'ms') {
      const whole = readShortWhole(bytes, start, end);
      // Zero has no sign.
      if (whole === whole) return 0 + whole;
    }
    // Nanoseconds have more digits than a double: the digits of the milliseconds alone are summed up.
    const cut = unit === 'ns' ? 6 : unit === 'us' ? 3 : 0;
    let at = start;
    const negative = bytes[at] === 45;
    if (negative || bytes[at] === 43) at++;
    let digitsEnd = at;
    while (digitsEnd < end && ((bytes[digitsEnd] ?? 0) - 48) >>> 0 <= 9) digitsEnd++;
    if (digitsEnd === at) return this.fail('not a number');
    let ms = 0;
    let dropped = false;
    for (let i = at; i < digitsEnd; i++) {
      const digit = (bytes[i] ?? 48) - 48;
      if (i < digitsEnd - cut) ms = ms * 10 + digit;
      else dropped ||= digit > 0;
    }
    let rest = digitsEnd;
    if (rest < end && bytes[rest] === 46) {
      rest++;
      let weight = unit === 's' ? 100 : 0;
      ms *= unit === 's' ? 1000 : 1;
      while (rest < end && ((bytes[rest] ?? 0) - 48) >>> 0 <= 9) {
        const digit = (bytes[rest] ?? 48) - 48;
        if (weight >= 1) ms += digit * weight;
        else dropped ||= digit > 0;
        weight = weight > 1 ? weight / 10 : 0;
        rest++;
      }
    } else if (unit === 's') ms *= 1000;
    if (rest < end) return this.fail(this.epoch === null ? 'not a whole number of milliseconds' : 'not a plain number');
    if (ms >= TIME_LIMIT_MS) return this.fail('a time of 2^53 ms or more');
    if (!negative) return ms;
    return dropped ? -ms - 1 : ms === 0 ? 0 : -ms;
  }

  private fail(fault: string): number {
    this.fault = fault;
    return Number.NaN;
  }
}

/** A reader for a format, or what is wrong with the format: the sentence that the user sees. */
export function timeReader(format: TimeFormat): TimeReader | { readonly fault: string; readonly of: 'unit' | 'zone' } {
  const zone = timeZone(format.zone);
  if (zone === null) return { fault: `There is no time zone “${format.zone}”.`, of: 'zone' };
  if (format.unit === 'iso' || EPOCH_UNITS.some((unit) => unit === format.unit))
    return new TimeReader(format, null, zone);
  const parts = parsePattern(format.unit);
  if (typeof parts === 'string') return { fault: `“${format.unit}” is not a time pattern. ${parts}`, of: 'unit' };
  return new TimeReader(format, parts, zone);
}
