import type { TimeReader } from '../event-time.ts';
import { timeReader } from '../event-time.ts';
import type { EpochUnit } from '../event-time.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import type { ColumnSample, Sample } from './sample.ts';

/** How a column's texts may be read as times. */
export interface TimeGuess {
  readonly unit: string;
  /** Share of the texts that have this form, valid or not. */
  readonly share: number;
  /** Another unit that fits just as well: day and month the other way round. */
  readonly orElse: string | null;
  /** Whether some text states no offset from UTC. */
  readonly isLocal: boolean;
  /** Lines of numbers that have the size of another unit. */
  readonly otherUnits: readonly { readonly line: number; readonly unit: EpochUnit }[];
}

const ISO_SHAPE =
  /^[+-]?\d{4,6}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Patterns that people use, where day and month cannot be mistaken. */
const CLEAR_PATTERNS = [
  'yyyy/MM/dd HH:mm',
  'yyyy/MM/dd HH:mm:ss',
  'yyyy/MM/dd HH:mm:ss.SSS',
  'yyyy/MM/dd',
  'yyyy.MM.dd HH:mm:ss',
  'dd/MMM/yyyy:HH:mm:ss Z',
  'dd MMM yyyy HH:mm:ss',
  'EEE, dd MMM yyyy HH:mm:ss Z',
  'MMM d, yyyy h:mm:ss a',
  'MMM d, yyyy h:mm a',
  'd MMM yyyy',
  "yyyyMMdd'T'HHmmss'Z'",
  'd.M.yyyy HH:mm',
  'd.M.yyyy HH:mm:ss',
  'd.M.yyyy',
] as const;

/** Endings of patterns that begin with a day and a month in either order. */
const CLOCKS = ['', ' HH:mm', ' HH:mm:ss', ' h:mm a', ' h:mm:ss a', ' HH:mm:ss.SSS'] as const;

const TEXTS_TRIED = 200;

/** Digits of a whole number that, as this unit, gives a year between 1973 and 5138. */
export function epochUnit(value: number): EpochUnit | null {
  const size = Math.abs(value);
  if (size >= 1e8 && size < 1e11) return 's';
  if (size >= 1e11 && size < 1e14) return 'ms';
  if (size >= 1e14 && size < 1e17) return 'us';
  return size >= 1e17 && size < 1e20 ? 'ns' : null;
}

/** The best reading of a column as times, null when fewer than half of its texts are any. */
export function guessTime(column: ColumnSample): TimeGuess | null {
  const samples = column.samples.filter((sample) => sample.kind !== 'empty' && sample.text.trim() !== '');
  const texts = samples.filter((sample) => sample.kind === 'text' || sample.kind === 'quoted');
  if (samples.length === 0) return null;
  const iso = texts.filter((sample) => ISO_SHAPE.test(sample.text.trim()));
  if (iso.length * 2 >= samples.length) {
    const isLocal = iso.some((sample) => ISO_SHAPE.exec(sample.text.trim())?.[1] === undefined);
    return { unit: 'iso', share: iso.length / samples.length, orElse: null, isLocal, otherUnits: [] };
  }
  return guessEpoch(samples) ?? guessPattern(texts, samples.length);
}

function guessEpoch(samples: readonly Sample[]): TimeGuess | null {
  const units = samples.map(({ text, kind }) =>
    kind !== 'structure' && /^\s*-?\d{9,20}(\.\d{1,9})?\s*$/.test(text) ? epochUnit(Number(text)) : null,
  );
  const counts = new Map<EpochUnit, number>();
  for (const unit of units) if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const [unit, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['ms', 0];
  const all = units.filter((each) => each !== null).length;
  // Of a few values half may be junk; of many, a tenth.
  if (all === 0 || (samples.length < 20 ? all * 2 < samples.length : all * 10 < samples.length * 9)) return null;
  const otherUnits = samples.flatMap(({ line }, i) => {
    const other = units[i];
    return other === null || other === undefined || other === unit ? [] : [{ line, unit: other }];
  });
  return { unit, share: count / samples.length, orElse: null, isLocal: false, otherUnits };
}

function guessPattern(texts: readonly Sample[], total: number): TimeGuess | null {
  const tried = texts.slice(0, TEXTS_TRIED).map((sample) => encodeUtf8(sample.text.trim()));
  if (tried.length * 2 < Math.min(total, TEXTS_TRIED) || tried.length === 0) return null;
  const share = (unit: string): number => {
    const reader = timeReader({ unit, zone: 'UTC' });
    return 'of' in reader ? 0 : tried.filter((bytes) => reads(reader, bytes)).length / tried.length;
  };
  const found = (unit: string, orElse: string | null): TimeGuess => {
    return {
      unit,
      share: share(unit),
      orElse,
      isLocal: !/[ZXx]|%z/.test(unit.replace(/'[^']*'/g, '')),
      otherUnits: [],
    };
  };
  const clear = CLEAR_PATTERNS.find((unit) => share(unit) >= 0.5);
  if (clear !== undefined) return found(clear, null);
  for (const clock of CLOCKS) {
    for (const separator of ['/', '-'] as const) {
      const dayFirst = `d${separator}M${separator}yyyy${clock}`;
      const monthFirst = `M${separator}d${separator}yyyy${clock}`;
      const [day, month] = [share(dayFirst), share(monthFirst)];
      if (Math.max(day, month) < 0.5) continue;
      if (day === month) return found(dayFirst, monthFirst);
      return day > month ? found(dayFirst, null) : found(monthFirst, null);
    }
  }
  return null;
}

function reads(reader: TimeReader, bytes: Uint8Array): boolean {
  return !Number.isNaN(reader.readMs(bytes, 0, bytes.length));
}

const NAMES: readonly RegExp[] = [
  /^(ts|timestamp|event_?time|event_?ts|event_?timestamp|@timestamp|rowtime)$/i,
  /^(time|datetime|date_?time|date)$/i,
  /^(.*_)?(time|ts|timestamp|tstamp|datetime)$/i,
  /(time|date|_at|_on|_utc|when)$/i,
  /(time|date|stamp)/i,
];

/** How much a name sounds like an event time: 0 not at all. */
export function timeNameScore(name: string): number {
  const leaf = name.slice(name.lastIndexOf('.') + 1);
  const at = NAMES.findIndex((pattern) => pattern.test(leaf));
  return at < 0 ? 0 : NAMES.length - at;
}
