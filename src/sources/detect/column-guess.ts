import type { FileFormat } from '../file/file-config.ts';
import type { Finding } from './findings.ts';
import { linesText } from './findings.ts';
import type { ColumnSample, Sample } from './sample.ts';
import { guessTime } from './time-guess.ts';

/** The type that a column's first values suggest. */
export interface ColumnGuess {
  readonly type: string;
  readonly unit?: string;
  readonly nulls?: readonly string[];
  readonly findings: readonly Finding[];
  /** A number with a decimal comma, when the column's numbers are written so. */
  readonly commaSample: string | null;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const WHOLE = /^[+-]?\d+$/;
const LEADING_ZERO = /^[+-]?0\d/;
const COMMA_NUMBER = /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/;
const BOOLEAN = /^(true|false)$/i;
const NULL_WORDS: ReadonlySet<string> = new Set([
  'NA',
  'N/A',
  'n/a',
  'NULL',
  'null',
  'None',
  'NaN',
  'nan',
  '\\N',
  '-',
  '--',
  '?',
  '#N/A',
  'nil',
]);

/** Below so many values half of one kind make a type; above, nine tenths. */
const FEW = 20;

/** What a STRING column is when nothing else fits. */
function text(findings: readonly Finding[] = []): ColumnGuess {
  return { type: 'STRING', findings, commaSample: null };
}

export function guessColumn(column: ColumnSample, format: FileFormat, commaAllowed: boolean): ColumnGuess {
  const samples = column.samples.filter((sample) => sample.kind !== 'empty' && sample.text.trim() !== '');
  if (samples.length === 0) return text();
  return format === 'csv' ? guessCsv(column, samples, commaAllowed) : guessJson(column, samples);
}

function mostly(part: number, all: number): boolean {
  return part > 0 && (all < FEW ? part * 2 >= all : part * 10 >= all * 9);
}

function guessCsv(column: ColumnSample, samples: readonly Sample[], commaAllowed: boolean): ColumnGuess {
  const trimmed = samples.map((sample) => sample.text.trim());
  const nulls = onlyNullWord(trimmed);
  const values = nulls === null ? trimmed : trimmed.filter((value) => value !== nulls);
  const findings: Finding[] = [];
  if (nulls !== null) {
    const count = trimmed.length - values.length;
    const message = `Column ${column.name} has ${nulls} ${count} times among its numbers: it is read as NULL.`;
    findings.push({ code: 'null-spelling', message });
  }
  const extra = nulls === null ? {} : { nulls: [nulls] };
  const numbers = values.filter((value) => NUMBER.test(value));
  if (mostly(numbers.length, values.length)) {
    const guess = guessNumber(column, samples, numbers);
    if (guess !== null) return { ...guess, ...extra, findings: [...findings, ...guess.findings] };
  }
  const commas = values.filter((value) => COMMA_NUMBER.test(value));
  if (commaAllowed && mostly(commas.length, values.length) && values.some((value) => value.includes(','))) {
    const commaSample = values.find((value) => value.includes(',')) ?? null;
    return { type: 'DOUBLE', ...extra, findings, commaSample };
  }
  if (values.length > 0 && values.every((value) => BOOLEAN.test(value))) return { ...text(), type: 'BOOLEAN' };
  return guessTimes(column) ?? text();
}

/** A column of times, null when it is none. Numbers are times only for whoever says so. */
function guessTimes(column: ColumnSample): ColumnGuess | null {
  const time = guessTime(column);
  const count = column.samples.filter((sample) => sample.text !== '').length;
  if (time === null || ['s', 'ms', 'us', 'ns'].includes(time.unit) || !mostly(time.share * count, count)) return null;
  const dates = column.samples.every(({ text }) => text === '' || /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(text));
  return dates ? { ...text(), type: 'DATE' } : { ...text(), type: 'TIMESTAMP', unit: time.unit };
}

/** The one word for NULL that stands among numbers, null when there is none or when other words stand there, too. */
function onlyNullWord(values: readonly string[]): string | null {
  const words = new Set(values.filter((value) => !NUMBER.test(value)));
  const [word] = words;
  return words.size === 1 && word !== undefined && NULL_WORDS.has(word) && words.size < values.length ? word : null;
}

function guessNumber(column: ColumnSample, samples: readonly Sample[], numbers: readonly string[]): ColumnGuess | null {
  const whole = numbers.every((value) => WHOLE.test(value));
  if (!whole) return { ...text(), type: 'DOUBLE' };
  // Numbers that begin with zeros are names: 00123 and 123 are two of them.
  if (numbers.some((value) => LEADING_ZERO.test(value))) return numbers.length === samples.length ? text() : null;
  const large = samples.find(
    ({ text: value }) => WHOLE.test(value.trim()) && isLarge(BigInt(value.trim().replace('+', ''))),
  );
  const beyond = numbers.some(
    (value) => BigInt.asIntN(64, BigInt(value.replace('+', ''))) !== BigInt(value.replace('+', '')),
  );
  const findings = large === undefined ? [] : [int64Finding(column.name, large, beyond ? 'text' : 'exact')];
  return beyond ? text(findings) : { ...text(findings), type: 'BIGINT' };
}

function isLarge(value: bigint): boolean {
  return value > 2n ** 53n || value < -(2n ** 53n);
}

function int64Finding(name: string, { line, text: value }: Sample, how: 'text' | 'exact' | 'decimal'): Finding {
  const kept =
    how === 'text'
      ? 'the column is read as text'
      : how === 'exact'
        ? 'they are kept exact'
        : 'the column is DECIMAL(38, 0)';
  const message = `Column ${name} has whole numbers beyond 2^53, on line ${line} ${value.trim()}: ${kept}.`;
  return { code: 'int64', message, line };
}

function guessJson(column: ColumnSample, samples: readonly Sample[]): ColumnGuess {
  const kinds = new Set(samples.map((sample) => sample.kind));
  if (kinds.size > 1) {
    const first = samples[0]?.kind;
    const others = samples.filter((sample) => sample.kind !== first).map((sample) => sample.line);
    const names = [...kinds].map((kind) => KIND_NAMES[kind]).join(', ');
    const message = `Column ${column.name} mixes ${names}: it changes on ${linesText(others)}.`;
    const findings = [{ code: 'mixed-types', message, line: others[0] ?? 0 }];
    const times = guessTimes(column);
    return times === null ? text(findings) : { ...times, findings };
  }
  switch (samples[0]?.kind) {
    case 'number':
      return guessJsonNumber(column, samples);
    case 'boolean':
      return { ...text(), type: 'BOOLEAN' };
    case 'structure':
      return samples.every(({ text: value }) => /^\[(-?[\d.eE+-]+,?)*\]$/.test(value))
        ? { ...text(), type: 'ARRAY<DOUBLE>' }
        : text();
    default:
      return guessTimes(column) ?? text();
  }
}

const KIND_NAMES: Readonly<Record<Sample['kind'], string>> = {
  empty: 'nothing',
  text: 'texts',
  quoted: 'texts',
  number: 'numbers',
  boolean: 'true and false',
  structure: 'objects or arrays',
};

function guessJsonNumber(column: ColumnSample, samples: readonly Sample[]): ColumnGuess {
  const finite = samples.filter(({ text: value }) => Number.isFinite(Number(value)));
  if (!finite.every(({ text: value }) => WHOLE.test(value))) return { ...text(), type: 'DOUBLE' };
  const large = finite.find(({ text: value }) => isLarge(BigInt(value)));
  const beyond = finite.some(({ text: value }) => BigInt.asIntN(64, BigInt(value)) !== BigInt(value));
  const findings = large === undefined ? [] : [int64Finding(column.name, large, beyond ? 'decimal' : 'exact')];
  return { ...text(findings), type: beyond ? 'DECIMAL(38, 0)' : 'BIGINT' };
}
