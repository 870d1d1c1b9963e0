import { BIGINT, DATE, INT, STRING, TIMESTAMP } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { TIME_LIMIT_MS } from '../../stream/time.ts';
import { DAY_MS, SECOND_MS, parseDate, parseTimestamp } from '../civil-time.ts';
import { DatePatternError, datePattern, type DatePattern } from '../date-pattern.ts';
import {
  EXTRACT_UNITS,
  MS_UNITS,
  TIME_UNITS,
  addUnits,
  ceilTo,
  extract,
  floorTo,
  unitsBetween,
} from '../time-units.ts';
import type { ExprType } from '../expr-type.ts';
import type { CallSite, FunctionDefinition, NumberFunction, Signature } from './definition.ts';
import { BadArgument, RowFailure } from './definition.ts';
import { alias, define, number, numericSignature, signature, text } from './helpers.ts';
import { ceilNumber, floorNumber } from './number-functions.ts';

const UNIT = { keyword: TIME_UNITS };
const DEFAULT_PATTERN = 'yyyy-MM-dd HH:mm:ss';
/** What Flink's UNIX_TIMESTAMP gives for a text that is no time: Java's Long.MIN_VALUE. */
const NO_UNIX_TIME = -(2n ** 63n);

/** The pattern of a call: read once when it is constant, else remembered from row to row. */
function patternOf(constant: Value | undefined, argument: number): (given: string) => DatePattern | RowFailure {
  const read = (given: string): DatePattern => {
    try {
      return datePattern(given);
    } catch (error) {
      if (!(error instanceof DatePatternError)) throw error;
      throw new BadArgument(argument, error.message, 'Use y M d H h m s S a E D, and quotes around other letters');
    }
  };
  let last = '';
  let pattern = typeof constant === 'string' ? read(constant) : read(last);
  if (typeof constant === 'string') return () => pattern;
  return (given) => {
    if (given === last) return pattern;
    try {
      pattern = read(given);
      last = given;
      return pattern;
    } catch (error) {
      if (error instanceof BadArgument) return new RowFailure(error.message);
      throw error;
    }
  };
}

/** A signature whose argument `at` is a pattern, the default one when it is left out. */
function withPattern(
  params: Signature['params'],
  returns: Signature['returns'],
  at: number,
  apply: (pattern: DatePattern, args: readonly Value[]) => Value | RowFailure,
): Signature {
  return {
    params,
    returns,
    canFail: true,
    make: ({ constants, types }) => {
      const given = types.length > at;
      const patternFor = patternOf(given ? constants[at] : DEFAULT_PATTERN, at);
      return (args) => {
        const pattern = patternFor(given ? text(args, at) : DEFAULT_PATTERN);
        return pattern instanceof RowFailure ? pattern : apply(pattern, args);
      };
    },
  };
}

function part(name: string, unit: string, docs: string): FunctionDefinition {
  const read = (): NumberFunction => (time) => extract(unit, time);
  const ofTimestamp = numericSignature(['TIMESTAMP'], BIGINT, read);
  const clock = ['HOUR', 'MINUTE', 'SECOND'].includes(unit);
  const ofTime = numericSignature(['TIME'], BIGINT, read);
  return define(name, `${name}(time)`, docs, ofTimestamp, ...(clock ? [ofTime] : []));
}

function extracted({ words: [unit = ''] }: CallSite): NumberFunction {
  return (time) => extract(unit, time);
}

const CLOCK_UNITS = ['HOUR', 'MINUTE', 'SECOND', 'MILLISECOND'];
const extracting: readonly FunctionDefinition[] = [
  define(
    'EXTRACT',
    'EXTRACT(unit FROM time)',
    `One part of a time: ${EXTRACT_UNITS.join(', ')}.`,
    numericSignature([{ keyword: EXTRACT_UNITS }, 'TIMESTAMP'], BIGINT, extracted),
    numericSignature([{ keyword: CLOCK_UNITS }, 'TIME'], BIGINT, extracted),
  ),
  part('YEAR', 'YEAR', 'Its year.'),
  part('QUARTER', 'QUARTER', 'Its quarter, 1 to 4.'),
  part('MONTH', 'MONTH', 'Its month, 1 to 12.'),
  part('WEEK', 'WEEK', 'Its ISO week, 1 to 53.'),
  part('DAYOFYEAR', 'DOY', 'Day of the year, 1 to 366.'),
  part('DAYOFMONTH', 'DAY', 'Day of the month, 1 to 31.'),
  part('DAYOFWEEK', 'DOW', 'Day of the week, Sunday is 1.'),
  part('HOUR', 'HOUR', 'Its hour, 0 to 23.'),
  part('MINUTE', 'MINUTE', 'Its minute, 0 to 59.'),
  part('SECOND', 'SECOND', 'Its second, 0 to 59.'),
];

/** FLOOR or CEIL of a time; of a DATE it stays a DATE. */
function toUnit(apply: (unit: string, timeMs: number) => number): readonly Signature[] {
  return [
    {
      params: ['DATE', UNIT],
      returns: DATE,
      make:
        ({ words: [unit = ''] }) =>
        (args) =>
          Math.floor(apply(unit, number(args, 0) * DAY_MS) / DAY_MS),
    },
    numericSignature(
      ['TIMESTAMP', UNIT],
      TIMESTAMP,
      ({ words: [unit = ''] }) =>
        (time) =>
          apply(unit, time),
    ),
  ];
}

function inRange(timeMs: number): number | RowFailure {
  return Math.abs(timeMs) < TIME_LIMIT_MS ? timeMs : new RowFailure('the time is beyond ±2^53 ms');
}

function addedType(_types: readonly ExprType[], words: readonly string[]): ExprType {
  return (MS_UNITS.get(words[0] ?? '') ?? DAY_MS) < DAY_MS ? TIMESTAMP : DATE;
}

const arithmetic: readonly FunctionDefinition[] = [
  define(
    'FLOOR',
    'FLOOR(number) or FLOOR(time TO unit)',
    'The next whole number below, or the start of the unit; weeks start on Sunday.',
    ...toUnit(floorTo),
    floorNumber,
  ),
  alias(
    define(
      'CEIL',
      'CEIL(number) or CEIL(time TO unit)',
      'The next whole number above, or the next start of the unit.',
      ...toUnit(ceilTo),
      ceilNumber,
    ),
    'CEILING',
  ),
  define(
    'TIMESTAMPADD',
    'TIMESTAMPADD(unit, count, time)',
    'A time moved by that many units; a DATE stays one unless the unit is smaller than a day.',
    {
      params: [UNIT, 'INTEGER', 'DATE'],
      returns: addedType,
      canFail: true,
      make:
        ({ words: [unit = ''], result }) =>
        (args) => {
          const moved = inRange(addUnits(unit, number(args, 0), number(args, 1) * DAY_MS));
          if (moved instanceof RowFailure || result.kind === 'TIMESTAMP') return moved;
          const days = Math.floor(moved / DAY_MS);
          return days === (days | 0) ? days : new RowFailure('the date is out of range');
        },
    },
    {
      params: [UNIT, 'INTEGER', 'TIMESTAMP'],
      returns: TIMESTAMP,
      canFail: true,
      make:
        ({ words: [unit = ''] }) =>
        (args) =>
          inRange(addUnits(unit, number(args, 0), number(args, 1))),
    },
  ),
  define(
    'TIMESTAMPDIFF',
    'TIMESTAMPDIFF(unit, from, to)',
    'Whole units from one time to another, negative when the second is earlier.',
    {
      params: [UNIT, 'TIMESTAMP', 'TIMESTAMP'],
      // INT as in Flink, but for MILLISECOND, which Flink has not and which would soon overflow.
      returns: (_types, [unit]) => (unit === 'MILLISECOND' ? BIGINT : INT),
      make: ({ words: [unit = ''] }) =>
        unit === 'MILLISECOND'
          ? (args) => number(args, 1) - number(args, 0)
          : (args) => unitsBetween(unit, number(args, 0), number(args, 1)) | 0,
    },
  ),
];

const textual: readonly FunctionDefinition[] = [
  define(
    'DATE_FORMAT',
    "DATE_FORMAT(time, 'yyyy-MM-dd HH:mm')",
    'A time as text by a pattern of Java.',
    withPattern(['TIMESTAMP', 'STRING'], STRING, 1, (pattern, args) => pattern.format(number(args, 0))),
  ),
  define(
    'TO_TIMESTAMP',
    "TO_TIMESTAMP(text [, 'yyyy-MM-dd HH:mm:ss'])",
    'A text as TIMESTAMP; NULL where it does not fit the pattern.',
    signature(['STRING'], TIMESTAMP, (args) => parseTimestamp(text(args, 0)), { nullable: 'always' }),
    {
      ...withPattern(['STRING', 'STRING'], TIMESTAMP, 1, (pattern, args) => pattern.parse(text(args, 0))),
      nullable: 'always',
    },
  ),
  define(
    'TO_DATE',
    "TO_DATE(text [, 'yyyy-MM-dd'])",
    'A text as DATE; NULL where it does not fit the pattern.',
    signature(['STRING'], DATE, (args) => parseDate(text(args, 0)), { nullable: 'always' }),
    {
      ...withPattern(['STRING', 'STRING'], DATE, 1, (pattern, args) => {
        const time = pattern.parse(text(args, 0));
        return time === null ? null : Math.floor(time / DAY_MS);
      }),
      nullable: 'always',
    },
  ),
  define(
    'TO_TIMESTAMP_LTZ',
    'TO_TIMESTAMP_LTZ(number, 0 | 3)',
    'Seconds (0) or milliseconds (3) since 1970 as TIMESTAMP.',
    signature(
      ['DOUBLE', 'INTEGER'],
      TIMESTAMP,
      (args) => {
        const digits = number(args, 1);
        if (digits !== 0 && digits !== 3) return new RowFailure(`the second argument is 0 or 3, not ${digits}`);
        return inRange(digits === 3 ? Math.floor(number(args, 0)) : Math.floor(number(args, 0) * SECOND_MS));
      },
      { canFail: true },
    ),
  ),
  define(
    'UNIX_TIMESTAMP',
    "UNIX_TIMESTAMP(text [, 'yyyy-MM-dd HH:mm:ss'])",
    'Seconds since 1970 of a text; -9223372036854775808 where it does not fit. Tidemark also takes a TIMESTAMP.',
    signature(['TIMESTAMP'], BIGINT, (args) => Math.floor(number(args, 0) / SECOND_MS)),
    withPattern(['STRING'], BIGINT, 1, unixTime),
    withPattern(['STRING', 'STRING'], BIGINT, 1, unixTime),
  ),
  define(
    'FROM_UNIXTIME',
    "FROM_UNIXTIME(seconds [, 'yyyy-MM-dd HH:mm:ss'])",
    'Seconds since 1970 as text.',
    withPattern(['BIGINT'], STRING, 1, fromUnix),
    withPattern(['BIGINT', 'STRING'], STRING, 1, fromUnix),
  ),
];

function unixTime(pattern: DatePattern, args: readonly Value[]): Value {
  const time = pattern.parse(text(args, 0));
  return time === null ? NO_UNIX_TIME : Math.floor(time / SECOND_MS);
}

function fromUnix(pattern: DatePattern, args: readonly Value[]): Value | RowFailure {
  const time = inRange(number(args, 0) * SECOND_MS);
  return time instanceof RowFailure ? time : pattern.format(time);
}

export const timeFunctions: readonly FunctionDefinition[] = [...extracting, ...arithmetic, ...textual];
