import { DAY_MS } from './calendar.ts';

/** How a local time became an instant: as it stands; moved over a gap; or the earlier of two. */
export type LocalTimeKind = 'exact' | 'gap' | 'overlap';

/**
 * A time zone by its IANA name, over the platform's own data. Never the machine's zone.
 *
 * Local times that a clock never showed (spring) are moved forward by the length of the gap; of local times that it
 * showed twice (autumn) the earlier instant is taken: the rule of java.time, which Flink and Kafka use, and of Temporal.
 *
 * ```
 * Europe/Berlin   01:59 | 03:00   02:30 does not exist: taken as 03:30 summer time
 *                 02:59 | 02:00   02:30 exists twice: the first, still summer time
 * ```
 */
export class TimeZone {
  readonly name: string;
  /** What became of the last local time given to `toInstantMs`. */
  kind: LocalTimeKind = 'exact';
  private readonly format: Intl.DateTimeFormat | null;
  /** Offset of a UTC day, NaN for days on which it changes. */
  private readonly dayOffsets = new Map<number, number>();
  private settledDay = Number.NaN;
  private settledOffsetMs = 0;

  constructor(name: string, format: Intl.DateTimeFormat | null) {
    this.name = name;
    this.format = format;
  }

  /** Local time minus UTC at an instant. */
  offsetMs(instantMs: number): number {
    if (this.format === null) return 0;
    const offset = this.dayOffset(Math.floor(instantMs / DAY_MS));
    return Number.isNaN(offset) ? this.platformOffsetMs(instantMs) : offset;
  }

  /** The instant of a local time, both in ms. Says in `kind` how it was found. */
  toInstantMs(localMs: number): number {
    if (this.format === null) return localMs;
    const day = Math.floor(localMs / DAY_MS);
    this.kind = 'exact';
    if (day === this.settledDay) return localMs - this.settledOffsetMs;
    const before = this.dayOffset(day - 1);
    if (before === this.dayOffset(day) && before === this.dayOffset(day + 1)) {
      this.settledDay = day;
      this.settledOffsetMs = before;
      return localMs - before;
    }
    return this.nearChange(localMs);
  }

  private nearChange(localMs: number): number {
    const earlyOffset = this.offsetMs(localMs - DAY_MS);
    const lateOffset = this.offsetMs(localMs + DAY_MS);
    const early = localMs - earlyOffset;
    const late = localMs - lateOffset;
    const earlyHolds = this.offsetMs(early) === earlyOffset;
    const lateHolds = this.offsetMs(late) === lateOffset;
    if (earlyHolds && lateHolds && early !== late) this.kind = 'overlap';
    if (earlyHolds) return early;
    if (lateHolds) return late;
    this.kind = 'gap';
    return early;
  }

  private dayOffset(day: number): number {
    const known = this.dayOffsets.get(day);
    if (known !== undefined) return known;
    const start = this.platformOffsetMs(day * DAY_MS);
    const noon = this.platformOffsetMs(day * DAY_MS + DAY_MS / 2);
    const end = this.platformOffsetMs((day + 1) * DAY_MS);
    const offset = start === end && start === noon ? start : Number.NaN;
    if (this.dayOffsets.size > 100_000) this.dayOffsets.clear();
    this.dayOffsets.set(day, offset);
    return offset;
  }

  private platformOffsetMs(instantMs: number): number {
    const wholeMs = Math.floor(instantMs / 1000) * 1000;
    if (this.format === null || Math.abs(wholeMs) > 8.64e15) return 0;
    let [year, month, day, hour, minute, second] = [1970, 1, 1, 0, 0, 0];
    let era = 'AD';
    for (const part of this.format.formatToParts(wholeMs)) {
      const value = Number(part.value);
      if (part.type === 'year') year = value;
      else if (part.type === 'month') month = value;
      else if (part.type === 'day') day = value;
      else if (part.type === 'hour') hour = value;
      else if (part.type === 'minute') minute = value;
      else if (part.type === 'second') second = value;
      else if (part.type === 'era') era = part.value;
    }
    const localMs = Date.UTC(2000, month - 1, day, hour, minute, second);
    return new Date(localMs).setUTCFullYear(era.startsWith('B') ? 1 - year : year, month - 1, day) - wholeMs;
  }
}

const UTC_NAMES: ReadonlySet<string> = new Set(['UTC', 'ETC/UTC', 'Z', 'GMT', 'ETC/GMT']);

/** The zone called `name` (`Europe/Berlin`, `UTC`), null when the platform knows none. */
export function timeZone(name: string): TimeZone | null {
  if (UTC_NAMES.has(name.toUpperCase())) return new TimeZone('UTC', null);
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return new TimeZone(name, format);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
