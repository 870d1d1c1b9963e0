import type { EpochUnit } from '../event-time.ts';
import { timeReader } from '../event-time.ts';
import type { FileTime } from '../file/file-config.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import type { Finding, Question } from './findings.ts';
import { linesText } from './findings.ts';
import type { ColumnSample } from './sample.ts';
import type { TimeGuess } from './time-guess.ts';
import { epochUnit, guessTime, timeNameScore } from './time-guess.ts';

/** The column that the event time most likely stands in, and what is doubtful about it. */
export interface TimeColumn {
  /** Index of the column, -1 when there is none. */
  readonly index: number;
  readonly time: FileTime | null;
  readonly warnings: Finding[];
  readonly questions: Question[];
}

export interface TimeChoices {
  readonly time?: { readonly column: string; readonly unit?: string };
  readonly zone?: string;
}

const UNIT_NAMES: Readonly<Record<EpochUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};

export function guessTimeColumn(columns: readonly ColumnSample[], choices: TimeChoices): TimeColumn {
  const result: TimeColumn = { index: -1, time: null, warnings: [], questions: [] };
  const chosen = choices.time === undefined ? null : findColumn(columns, choices.time.column);
  const best = chosen === null ? bestCandidate(columns) : { index: chosen, guess: timeOf(columns[chosen]) };
  if (best === null || best.index < 0) {
    const named = choices.time === undefined ? '' : ` There is no column ${choices.time.column}.`;
    const message = `No column looks like an event time.${named} Choose the one that is.`;
    ask(result, { code: 'no-time-column', message, choices: [] });
    return result;
  }
  const column = columns[best.index];
  if (column === undefined) return result;
  const unit = choices.time?.unit ?? best.guess?.unit ?? 'iso';
  const time = { column: column.name, unit, zone: choices.zone ?? 'UTC' };
  const found = { ...result, index: best.index, time };
  if (best.guess !== null) doubts(found, column, best.guess, choices);
  return found;
}

function ask(result: TimeColumn, question: Question): void {
  const { code, message } = question;
  result.questions.push(question);
  result.warnings.push({ code, message });
}

function findColumn(columns: readonly ColumnSample[], name: string): number {
  const byName = columns.findIndex((column) => column.name === name);
  return byName >= 0 ? byName : columns.findIndex((column) => column.path === name);
}

function timeOf(column: ColumnSample | undefined): TimeGuess | null {
  return column === undefined ? null : guessTime(column);
}

function bestCandidate(columns: readonly ColumnSample[]): { index: number; guess: TimeGuess } | null {
  let best: { index: number; guess: TimeGuess } | null = null;
  let bestScore = 0;
  columns.forEach((column, index) => {
    const guess = guessTime(column);
    if (guess === null) return;
    const name = timeNameScore(column.name);
    const isNumber = ['s', 'ms', 'us', 'ns'].includes(guess.unit);
    // A number is a time only by its name, or when it has the size of today's milliseconds.
    if (isNumber && name === 0 && !(guess.unit === 'ms' && guess.share === 1)) return;
    const filled = column.samples.filter((sample) => sample.text !== '').length / Math.max(1, column.samples.length);
    const score = name * 2 + (isNumber ? 0 : 1) + guess.share + filled * 2;
    if (score > bestScore) {
      best = { index, guess };
      bestScore = score;
    }
  });
  return best;
}

function doubts(found: TimeColumn, column: ColumnSample, guess: TimeGuess, choices: TimeChoices): void {
  const unitGiven = choices.time?.unit !== undefined;
  const sample = column.samples.find(({ text }) => text.trim() !== '')?.text ?? '';
  const unit = found.time?.unit ?? 'iso';
  if (guess.otherUnits.length > 0) {
    const [first] = guess.otherUnits;
    const other = UNIT_NAMES[first?.unit ?? 'ms'];
    const usual = UNIT_NAMES[guess.unit as EpochUnit];
    const lines = linesText(guess.otherUnits.map(({ line }) => line));
    const message = `Column ${column.name} mixes units: most values are ${usual}, but ${lines} holds ${other}. Read as ${usual} those are thousands of years away.`;
    ask(found, { code: 'timestamp-units-mixed', message, choices: [guess.unit, first?.unit ?? 'ms'] });
  } else if (!unitGiven && (unit === 's' || unit === 'us' || unit === 'ns')) {
    const reader = timeReader({ unit, zone: 'UTC' });
    const bytes = encodeUtf8(sample.trim());
    const ms = 'of' in reader ? Number.NaN : reader.readMs(bytes, 0, bytes.length);
    const shown = Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : 'no date';
    const message = `Column ${column.name} is read as ${UNIT_NAMES[unit]} since 1970: the first time is ${shown}.`;
    found.warnings.push({ code: 'timestamp-unit', message });
  }
  if (guess.orElse !== null && !unitGiven) {
    const message = `Column ${column.name} holds ${sample}: nothing says whether the day or the month comes first. It is read as ${guess.unit}.`;
    ask(found, { code: 'date-order-ambiguous', message, choices: [guess.unit, guess.orElse] });
  }
  if (guess.isLocal && choices.zone === undefined) {
    const message = `Column ${column.name} holds local times such as ${sample}, without an offset. They are read as UTC; choose the zone that they were written in.`;
    ask(found, { code: 'timestamp-no-zone', message, choices: ['UTC'] });
  }
  mixedNumbers(found, column, unit);
}

/** JSON numbers among texts: they are taken for milliseconds. */
function mixedNumbers(found: TimeColumn, column: ColumnSample, unit: string): void {
  if (epochNames.has(unit)) return;
  const numbers = column.samples.filter(({ kind, text }) => kind === 'number' && epochUnit(Number(text)) !== null);
  if (numbers.length === 0) return;
  const lines = linesText(numbers.map(({ line }) => line));
  const message = `Column ${column.name} mixes texts and numbers: the numbers, on ${lines}, are read as milliseconds since 1970.`;
  found.warnings.push({ code: 'mixed-types', message, line: numbers[0]?.line ?? 0 });
}

const epochNames: ReadonlySet<string> = new Set(['s', 'ms', 'us', 'ns']);
