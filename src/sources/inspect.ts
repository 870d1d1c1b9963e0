import { defined } from '../stream/assert.ts';
import type { Column } from '../stream/column.ts';
import type { Problem } from '../stream/problem.ts';
import type { ByteSource, ReadEnvironment } from './byte-source.ts';
import type { DetectChoices, Detection, DetectionError, Verdict } from './detect.ts';
import { completeConfig, detectFile } from './detect.ts';
import type { Finding } from './detect/findings.ts';
import { linesText, visible } from './detect/findings.ts';
import { TextInspector } from './detect/text-inspector.ts';
import { OUTLIER_FIX } from './detect/outliers.ts';
import type { ReadNote } from './fields/read-notes.ts';
import { bindFile } from './file/bind-file.ts';
import { CUT } from './file/end-problem.ts';
import { fileConfig } from './file/file-config.ts';
import { FileReader } from './file/file-reader.ts';
import type { Rejects } from './rejects.ts';
import { cutText } from './rejects.ts';
import type { SourceProgress } from './source-reader.ts';

/** What a whole file holds. Accepted + rejected + blank = its records and blank lines. */
export interface Inspection {
  readonly detection: Detection;
  readonly verdict: Verdict;
  readonly rows: number;
  readonly rejected: number;
  readonly blank: number;
  readonly rejects: Rejects;
  readonly columns: Detection['columns'];
  readonly timeColumn: string | null;
  readonly warnings: readonly Finding[];
  readonly error: DetectionError | null;
}

const NO_REJECTS: Rejects = { count: 0, kept: [] };

/**
 * Reads a whole file as its detection and the user's choices say, and judges it. `onProgress` is called between chunks.
 */
export async function inspectFile(
  source: ByteSource,
  environment: ReadEnvironment,
  choices: DetectChoices = {},
  onProgress: (progress: SourceProgress) => void = () => undefined,
): Promise<Inspection> {
  const detection = await detectFile(source, environment, choices);
  const { columns, timeColumn } = detection;
  const empty = { detection, rows: 0, rejected: 0, blank: 0, rejects: NO_REJECTS, columns, timeColumn };
  if (detection.error !== null) {
    return { ...empty, verdict: 'reject', warnings: detection.warnings, error: detection.error };
  }
  const bound = bindFile(completeConfig(fileConfig.parse({}), detection), 'event', 'optional');
  if (!bound.ok) {
    const error = defined(bound.problems[0], 'problem');
    return { ...empty, verdict: 'reject', warnings: detection.warnings, error };
  }
  const reader = new FileReader(bound.value, source, environment);
  const texts = new TextInspector((code, column, line, text) => reader.notes.add(code, column, line, () => text));
  const looked = new WeakMap<readonly string[], number>();
  let rows = 0;
  for (let chunk = await reader.nextInFileOrder(); chunk !== null; chunk = await reader.nextInFileOrder()) {
    rows += chunk.records;
    const { lines } = chunk;
    chunk.columns.forEach((column, i) => {
      lookAtTexts(column, looked, (text, row) =>
        texts.look(text, reader.schema.fields[i]?.name ?? '', lines[row] ?? 0),
      );
    });
    onProgress(reader.progress());
  }
  const warnings = [...detection.warnings, ...readWarnings(reader, rows)];
  const problems = reader.problems();
  const failed = problems.find((problem) => !isWarning(problem)) ?? null;
  const questioned = detection.questions.length > 0 || warnings.some((warning) => ASKED.has(warning.code));
  const verdict: Verdict =
    failed !== null ? 'reject' : questioned ? 'ask' : warnings.length > 0 ? 'accept_with_warnings' : 'accept';
  return {
    ...empty,
    verdict,
    rows,
    rejected: reader.rejects.count,
    blank: reader.blank,
    rejects: reader.rejects,
    warnings,
    error: failed === null ? null : errorOf(failed),
  };
}

/** Warnings that a user has to answer, because the rows that are read may not be the ones that are meant. */
const ASKED: ReadonlySet<string> = new Set(['local-time-gap', 'local-time-ambiguous']);

/** Of a compressed file that is cut off there is something to look at; a run of it fails. */
function isWarning({ severity, code }: Problem): boolean {
  return severity === 'warning' || code === CUT;
}

function errorOf({ code, message, fix }: Problem): DetectionError {
  return { code, message, fix };
}

/** Each text of a dictionary once, with the first row of the chunk that has it. */
function lookAtTexts(
  column: Column,
  looked: WeakMap<readonly string[], number>,
  look: (text: string, row: number) => void,
): void {
  if (column.kind !== 'text') return;
  let next = looked.get(column.dictionary) ?? 0;
  const { dictionary, ids } = column;
  if (next >= dictionary.length) return;
  // Ids are given in the order of first appearance; those of rejected rows appear in no row.
  for (let row = 0; row < ids.length && next < dictionary.length; row++) {
    const id = ids[row] ?? 0;
    if (id < next) continue;
    look(dictionary[id] ?? '', row);
    next = id + 1;
  }
  looked.set(dictionary, dictionary.length);
}

function readWarnings(reader: FileReader, rows: number): Finding[] {
  const warnings = reader.notes.all().flatMap((note) => noteWarning(note) ?? []);
  const { rejects, blankLines, bulkLines, tombstones } = reader;
  const blank = reader.blank - tombstones;
  if (tombstones > 0) {
    const message = `${tombstones} tombstone${tombstones === 1 ? ' was' : 's were'} passed over: the deletion stands before it.`;
    warnings.push({ code: 'tombstones-skipped', message });
  }
  if (blank > bulkLines) {
    const count = blank - bulkLines;
    const message = `${count} blank line${count === 1 ? ' was' : 's were'} skipped: ${linesText(blankLines, blank)}.`;
    warnings.push({ code: 'blank-lines-skipped', message });
  }
  if (rejects.count > 0) {
    const [first] = rejects.kept;
    const where = `line ${first?.line ?? 0}${typeof first?.column === 'string' ? `, column ${first.column}` : ''}`;
    const message = `${rejects.count} of ${rows + rejects.count} records were rejected; the first on ${where}: ${first?.reason ?? ''}.`;
    warnings.push({ code: 'rejected-records', message, ...(first === undefined ? {} : { line: first.line }) });
  }
  for (const problem of reader.problems()) {
    if (isWarning(problem) && problem.code !== reader.outlier?.code) {
      warnings.push({ code: problem.code, message: problem.message });
    }
  }
  const { outlier } = reader;
  if (outlier !== null) warnings.push({ ...outlier, message: `${outlier.message} ${OUTLIER_FIX}` });
  return warnings;
}

/** What a note means to the user; null for those that the detection has spoken of. */
function noteWarning(note: ReadNote): Finding | null {
  const text = noteText(note);
  return text === null ? null : { code: note.code, message: text, line: note.lines[0] ?? 0 };
}

function noteText({ code, column, lines, count, sample }: ReadNote): string | null {
  const where = `Column ${column}, ${linesText(lines, count)}`;
  const shown = visible(cutText(sample, 60));
  switch (code) {
    case 'leap-second':
      return `${where}: a leap second (${shown}) is taken for the second after it.`;
    case 'local-time-gap':
      return `${where}: ${shown} was skipped when the clocks went forward; it is moved on by the gap.`;
    case 'local-time-ambiguous':
      return `${where}: ${shown} came twice when the clocks went back; the first is taken.`;
    case 'int64':
      return `${where}: ${shown} is beyond 2^53; it is kept exact.`;
    case 'rounded':
      return `${where}: ${shown} is beyond 2^53 and is rounded in DOUBLE. Choose BIGINT or DECIMAL to keep it.`;
    case 'control-characters':
      return `${where}: control characters, as in ${shown}.`;
    case 'invisible-characters':
      return `${where}: characters that cannot be seen, as in ${shown}.`;
    case 'unicode-normalization':
      return `${where}: texts that look the same but are written differently, as ${shown}. They stay different keys.`;
    case 'long-value':
      return `${where}: a value of ${sample.length} characters.`;
    default:
      return null;
  }
}
