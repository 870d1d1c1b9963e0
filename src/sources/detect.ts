import type { ByteSource, ReadEnvironment } from './byte-source.ts';
import { columnNames, countFields, firstRecord, positionNames } from './csv/csv-header.ts';
import type { ColumnGuess } from './detect/column-guess.ts';
import { guessColumn } from './detect/column-guess.ts';
import type { FoundChanges } from './detect/change-sample.ts';
import { findChanges } from './detect/change-sample.ts';
import { guessDelimiter, sampleCsv } from './detect/csv-sample.ts';
import type { Finding, Question } from './detect/findings.ts';
import { findArrayPath, sampleJson } from './detect/json-sample.ts';
import type { ColumnSample } from './detect/sample.ts';
import { guessTimeColumn } from './detect/time-column.ts';
import type { ScanInput, ScanSink } from './fields/field-block.ts';
import { endProblem } from './file/end-problem.ts';
import type { FileColumn, FileConfig, FileFormat } from './file/file-config.ts';
import { tooManyColumns } from './file/file-reader.ts';
import { splitPath } from './file/bind-file.ts';
import { JsonArrayScanner } from './json/array-scanner-reader.ts';
import { NdjsonScanner } from './json/ndjson-scanner-reader.ts';
import { pathTree } from './json/path-tree.ts';
import { LIMITS } from './limits.ts';
import { TextInput } from './text/text-input.ts';
import { decodeLoose, invalidUtf8At } from './text/utf8-reader.ts';

export type Verdict = 'accept' | 'accept_with_warnings' | 'ask' | 'reject';

export interface DetectionError {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** What the first part of a file shows. `layout` and `columns` are what a `FileConfig` needs to read it. */
export interface Detection {
  readonly verdict: Verdict;
  readonly format: FileFormat | null;
  readonly layout: Pick<FileConfig, 'encoding' | 'delimiter' | 'header' | 'decimal' | 'arrayPath'>;
  readonly columns: readonly FileColumn[];
  /** Name of the column with the event time. */
  readonly timeColumn: string | null;
  readonly time: FileConfig['time'];
  /** How records change a table; null where rows only add themselves. */
  readonly changes: FoundChanges['settings'] | null;
  readonly warnings: readonly Finding[];
  readonly questions: readonly Question[];
  readonly error: DetectionError | null;
}

/** What the user has decided already; everything else is found out. */
export interface DetectChoices {
  readonly format?: FileFormat;
  readonly encoding?: FileConfig['encoding'];
  readonly delimiter?: FileConfig['delimiter'];
  readonly header?: FileConfig['header'];
  readonly decimal?: FileConfig['decimal'];
  readonly arrayPath?: string;
  readonly time?: { readonly column: string; readonly unit?: string };
  readonly zone?: string;
  readonly ops?: FileConfig['ops'];
}

/** The choices that a configuration has already made. */
export function choicesOf(config: FileConfig): DetectChoices {
  return {
    ...(config.format === 'auto' ? {} : { format: config.format }),
    encoding: config.encoding,
    delimiter: config.delimiter,
    header: config.header,
    ...(config.decimal === 'comma' ? { decimal: 'comma' as const } : {}),
    ...(config.arrayPath === '' ? {} : { arrayPath: config.arrayPath }),
    ...(config.time === null ? {} : { time: config.time, zone: config.time.zone }),
    ...(config.ops.by === 'none' ? {} : { ops: config.ops }),
  };
}

/** A configuration whose open parts are filled in from what was found. What the user has chosen stays. */
export function completeConfig(config: FileConfig, detection: Detection): FileConfig {
  const { layout, changes } = detection;
  // Columns that are there already were found, or chosen, with what was said of the changes.
  const takesChanges = changes !== null && config.columns.length === 0 && config.ops.by === 'none';
  return {
    ...config,
    ...(takesChanges ? { ops: changes.ops } : {}),
    ...(changes !== null && config.columns.length === 0 && config.changes === 'append'
      ? { changes: changes.changes, key: config.key.length === 0 ? changes.key : config.key }
      : {}),
    format: config.format === 'auto' ? (detection.format ?? 'auto') : config.format,
    encoding: config.encoding === 'auto' ? layout.encoding : config.encoding,
    delimiter: config.delimiter === 'auto' ? layout.delimiter : config.delimiter,
    header: config.header === 'auto' ? layout.header : config.header,
    decimal: layout.decimal,
    arrayPath: config.arrayPath === '' ? layout.arrayPath : config.arrayPath,
    columns: config.columns.length === 0 ? [...detection.columns] : config.columns,
    time: config.time ?? detection.time,
  };
}

const NOTHING: Detection = {
  verdict: 'reject',
  format: null,
  layout: { encoding: 'auto', delimiter: 'auto', header: 'auto', decimal: 'point', arrayPath: '' },
  columns: [],
  timeColumn: null,
  time: null,
  changes: null,
  warnings: [],
  questions: [],
  error: null,
};

const silent: ScanSink = { reject: () => undefined, blank: () => undefined, fatal: () => undefined };

/** Looks at the first part of a file: at least 256 KiB of text, and its whole first record. */
export async function detectFile(
  source: ByteSource,
  environment: ReadEnvironment,
  choices: DetectChoices = {},
): Promise<Detection> {
  const text = new TextInput(source, choices.encoding ?? 'auto', environment);
  try {
    await text.fill();
    const end = text.end;
    const isCut = end?.kind === 'inflate' && end.error.fault === 'cut';
    if (end !== null && end.kind !== 'whole' && (text.textBytes === 0 || !isCut)) {
      const problem = endProblem(end, source.name, 0);
      return problem === null ? NOTHING : { ...NOTHING, error: problem };
    }
    if (isBlank(text.input())) return { ...NOTHING, error: emptyFile(source.name) };
    const detector = new Detector(text, choices);
    return await detector.run();
  } finally {
    await text.close();
  }
}

function isBlank({ bytes, end }: ScanInput): boolean {
  for (let at = 0; at < end; at++) if ((bytes[at] ?? 0) > 32) return false;
  return true;
}

function emptyFile(name: string): DetectionError {
  const message = `${name === '' ? 'The file' : name} is empty: it holds no records.`;
  return { code: 'empty-file', message, fix: 'Choose a file with records.' };
}

class Detector {
  private readonly text: TextInput;
  private readonly choices: DetectChoices;
  private readonly warnings: Finding[] = [];
  private readonly questions: Question[] = [];
  private readonly layout: { -readonly [Key in keyof Detection['layout']]: Detection['layout'][Key] };
  private error: DetectionError | null = null;

  constructor(text: TextInput, choices: DetectChoices) {
    this.text = text;
    this.choices = choices;
    this.layout = { ...NOTHING.layout, decimal: choices.decimal ?? 'point' };
  }

  async run(): Promise<Detection> {
    this.encoding();
    const format = this.choices.format ?? this.guessFormat();
    const sampled = format === 'csv' ? await this.csv() : this.json(format);
    if (this.error !== null) return { ...NOTHING, format, warnings: this.warnings, error: this.error };
    const changes = this.changes(sampled);
    const samples = changes?.columns ?? sampled;
    const guesses = samples.map((sample) => this.guess(sample, format));
    const chosen = guessTimeColumn(samples, {
      ...(changes?.time ? { time: changes.time } : {}),
      ...this.choices,
    });
    this.warnings.push(...chosen.warnings);
    this.questions.push(...chosen.questions);
    const columns = samples.map((sample, i): FileColumn => {
      const { type, unit, nulls } = guesses[i] ?? { type: 'STRING' };
      const isTime = chosen.time !== null && i === chosen.index;
      return {
        name: sample.name,
        ...(format === 'csv' || sample.path === sample.name ? {} : { path: sample.path }),
        type: isTime ? 'TIMESTAMP' : type,
        ...(isTime ? { unit: chosen.time.unit } : unit === undefined ? {} : { unit }),
        ...(nulls === undefined ? {} : { nulls: [...nulls] }),
      };
    });
    const verdict: Verdict =
      this.questions.length > 0 ? 'ask' : this.warnings.length > 0 ? 'accept_with_warnings' : 'accept';
    const { warnings, questions, layout } = this;
    const timeColumn = columns[chosen.index]?.name ?? null;
    const found = { timeColumn, time: chosen.time, changes: changes?.settings ?? null };
    return { verdict, format, layout, columns, ...found, warnings, questions, error: null };
  }

  private changes(samples: readonly ColumnSample[]): FoundChanges | null {
    const changes = findChanges(samples, this.choices.ops);
    if (changes === null) return null;
    const { finding, settings } = changes;
    const isKeyless = settings.changes === 'upsert' && settings.key.length === 0;
    if (isKeyless) this.ask('no-key', finding.message, []);
    else this.warnings.push(finding);
    return changes;
  }

  private ask(code: string, message: string, choices: readonly string[]): void {
    this.questions.push({ code, message, choices });
    this.warnings.push({ code, message });
  }

  private encoding(): void {
    const { text } = this;
    this.layout.encoding = text.encoding;
    if (text.encoding !== 'utf-8' && text.encodingSeen && (this.choices.encoding ?? 'auto') === 'auto') {
      const name = text.encoding.toUpperCase();
      this.warnings.push({ code: 'encoding-detected', message: `The text is ${name}; it is read as such.` });
    }
    const { bytes, end } = text.input();
    const invalid: string[] = [];
    let line = 1;
    let lineStart = 0;
    for (let at = 0; at < end && invalid.length < 20; at++) {
      if (bytes[at] === 10) {
        line++;
        lineStart = at + 1;
      } else if ((bytes[at] ?? 0) >= 128) {
        const lineEnd = bytes.indexOf(10, at);
        // A character may be cut by the end of what was read.
        const wrong = invalidUtf8At(bytes, at, lineEnd < 0 || lineEnd > end ? end : lineEnd);
        if (wrong >= 0 && wrong < end - 4) invalid.push(`line ${line} (byte ${wrong - lineStart + 1})`);
        else if (wrong >= 0 && text.end?.kind === 'whole') invalid.push(`line ${line} (byte ${wrong - lineStart + 1})`);
        at = (lineEnd < 0 ? end : lineEnd) - 1;
      }
    }
    if (invalid.length === 0) return;
    const message = `The file is not UTF-8: ${invalid.slice(0, 5).join(', ')} holds a byte that is none. It is read as windows-1252; choose another encoding if letters look wrong.`;
    this.layout.encoding = 'windows-1252';
    this.ask('invalid-utf8', message, ['windows-1252', 'utf-8']);
  }

  private guessFormat(): FileFormat {
    const { bytes, end } = this.text.input();
    const head = decodeLoose(bytes, 0, Math.min(end, 65_536)).trimStart();
    if (head.startsWith('[')) return 'json';
    if (/^(POST|PUT)\s+\S*_bulk\b/.test(head)) return 'ndjson';
    if (!head.startsWith('{')) return 'csv';
    if (/"type"\s*:\s*"FeatureCollection"/.test(head) && /"features"\s*:\s*\[/.test(head)) return 'geojson';
    const lines = head.split('\n', 2);
    const second = lines[1]?.trim() ?? '';
    const isLine = /\}\s*$/.test(lines[0] ?? '') || second.startsWith('{');
    const nested = findArrayPath(head);
    return isLine && (second !== '' || nested === null || nested === '') ? 'ndjson' : 'json';
  }

  private json(format: FileFormat): readonly ColumnSample[] {
    const input = this.text.input();
    const wanted = pathTree([]);
    let fatal: DetectionError | null = null;
    const sink: ScanSink = { ...silent, fatal: (fault) => (fatal ??= fault) };
    if (format === 'ndjson') {
      const scanner = new NdjsonScanner(wanted, 0, sink);
      const samples = sampleJson(scanner, input);
      if ((scanner.bulkLines ?? 0) > 0) {
        const message = 'This is an Elasticsearch bulk request: its action lines are passed over.';
        this.warnings.push({ code: 'bulk-actions-skipped', message });
      }
      if (samples.length === 0) this.error = noRecords('No line holds a JSON object.');
      return samples;
    }
    const head = decodeLoose(input.bytes, 0, Math.min(input.end, 65_536));
    const arrayPath = format === 'geojson' ? 'features' : (this.choices.arrayPath ?? findArrayPath(head) ?? '');
    if (format === 'json') this.layout.arrayPath = arrayPath;
    const scanner = new JsonArrayScanner(wanted, splitPath(arrayPath), 0, sink);
    const samples = sampleJson(scanner, input);
    if (samples.length === 0) this.error = fatal ?? noRecords('The array holds no objects.');
    return this.limited(samples);
  }

  private limited(samples: readonly ColumnSample[]): readonly ColumnSample[] {
    if (samples.length > LIMITS.columns) this.error = tooManyColumns(samples.length);
    return samples;
  }

  private async csv(): Promise<readonly ColumnSample[]> {
    const { text, choices } = this;
    const chosen = choices.delimiter ?? 'auto';
    const found = guessDelimiter(text.input());
    const delimiter = chosen === 'auto' ? found : chosen;
    this.layout.delimiter = delimiter;
    let input = text.input();
    let first = firstRecord(input.bytes, input.end, { delimiter, final: input.final, mostFields: LIMITS.columns });
    while (first === null && text.end === null && input.end <= LIMITS.recordBytes) {
      await text.fill();
      input = text.input();
      first = firstRecord(input.bytes, input.end, { delimiter, final: input.final, mostFields: LIMITS.columns });
    }
    const fields = countFields(input.bytes, input.end, delimiter);
    if (fields > LIMITS.columns) this.error = tooManyColumns(fields);
    else if (first === null && text.end !== null && text.end.kind !== 'whole') {
      this.error = endProblem(text.end, '', 0);
    } else if (first === null) {
      const message = 'The first record is not complete: a quote is opened on line 1 and never closed.';
      this.error = { code: 'unterminated-quote', message, fix: 'Close the quote, or choose another delimiter.' };
    }
    if (first === null || this.error !== null) return [];
    if (fields === 1 && chosen !== 'auto' && found !== chosen) {
      const others = countFields(input.bytes, input.end, found);
      const [have, want] = [delimiterName(delimiter), delimiterName(found)];
      const message = `Cut at ${have}, line 1 is a single column; cut at ${want}, it has ${others}.`;
      this.error = { code: 'wrong-delimiter', message, fix: `Choose ${want} as the delimiter.` };
      return [];
    }
    const header = this.header(first.texts, first.firstLine);
    this.layout.header = header;
    const names = header === 'none' ? positionNames(fields) : columnNames(first.texts);
    if (header === 'first-line') this.nameWarnings(first.texts);
    const at = header === 'none' ? input.at : first.next;
    const layout = { delimiter, names, firstLine: header === 'none' ? 1 : first.nextLine };
    let samples = sampleCsv({ ...input, at }, layout);
    while (samples[0]?.samples.length === 0 && text.end === null && input.end <= LIMITS.recordBytes) {
      await text.fill();
      input = text.input();
      samples = sampleCsv({ ...input, at }, layout);
    }
    return samples;
  }

  private header(texts: readonly string[], line: number): 'first-line' | 'none' {
    const chosen = this.choices.header ?? 'auto';
    if (chosen !== 'auto') return chosen;
    const data = texts.filter(
      (value) => /^\s*[+-]?\d+([.,:/T -]\S*)?\s*$/.test(value) || /^(true|false)$/i.test(value),
    );
    if (data.length === 0) return 'first-line';
    const shown = texts.slice(0, 4).join(', ').slice(0, 80);
    const message = `The header, line ${line}, looks like data: ${shown}. It is read as the first record; say so if it holds names.`;
    this.ask('header-looks-like-data', message, ['none', 'first-line']);
    return 'none';
  }

  private nameWarnings(texts: readonly string[]): void {
    const repeated = texts.filter((text, i) => text.trim() !== '' && texts.indexOf(text) < i);
    if (repeated.length > 0) {
      const message = `The header names ${[...new Set(repeated)].join(', ')} more than once: later ones got a number.`;
      this.warnings.push({ code: 'duplicate-column', message, line: 1 });
    }
    const unnamed = texts.flatMap((text, i) => (text.trim() === '' ? [i + 1] : []));
    if (unnamed.length > 0) {
      const message = `The header leaves ${unnamed.map((n) => `column ${n}`).join(', ')} without a name: they are called column and number.`;
      this.warnings.push({ code: 'unnamed-column', message, line: 1 });
    }
  }

  private guess(sample: ColumnSample, format: FileFormat): ColumnGuess {
    const guess = guessColumn(sample, format, this.layout.delimiter !== ',' && this.choices.decimal !== 'point');
    this.warnings.push(...guess.findings);
    if (guess.commaSample !== null) {
      this.layout.decimal = 'comma';
      if (this.choices.decimal === undefined) {
        const message = `Column ${sample.name} holds ${guess.commaSample}: it is read with a decimal comma, and points between thousands.`;
        this.ask('decimal-comma', message, ['comma', 'point']);
      }
    }
    return guess;
  }
}

function noRecords(message: string): DetectionError {
  return { code: 'no-records', message, fix: 'Choose a file with records, or another format or path.' };
}

function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'tabs' : `“${delimiter}”`;
}
