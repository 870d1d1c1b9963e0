import type { Result } from '../../stream/problem.ts';
import type { ByteSource, Inflate } from '../byte-source.ts';
import { endProblem } from '../file/end-problem.ts';
import { LIMITS } from '../limits.ts';
import { splitLines } from '../text/line-splitter.ts';
import { textChunks } from '../text/text-chunks.ts';
import { TextInput } from '../text/text-input.ts';
import { decodeUtf8 } from '../text/utf8-reader.ts';
import type { EntrySource } from './entry-rows.ts';
import { EntryReader } from './entries.ts';
import type { LogColumns } from './entry-log.ts';

/**
 * Reads a log written as NDJSON, one entry a line:
 *
 * `{"source","row":{},"ts"?,"at"?,"partition"?,"op"?}` · `{"source","watermark","partition"?}` ·
 * `{"source","status":"idle|active","partition"?}` · `{"clock"}` · `{"source","end":true}` ·
 * `{"control":"checkpoint|crash-restore"}`. Every entry may have `at`.
 *
 * Without `at` a row's processing time is the largest event time or processing time so far; that of another entry is the
 * one before it. A source without an `end` gets one behind the last entry. The index of a line is the number of its entry,
 * so that no line may be blank but behind the last. All problems of all lines are collected. gzip is told by its content.
 */
export async function readEntryLog(
  log: ByteSource,
  inflate: Inflate,
  sources: readonly EntrySource[],
): Promise<Result<LogColumns>> {
  const reader = new EntryReader(sources);
  const text = new TextInput(log, 'auto', { inflate, signal: null });
  let line = 0;
  let blankFrom = 0;
  for await (const bytes of splitLines(textChunks(text), LIMITS.recordBytes)) {
    line++;
    if (bytes !== null && isBlank(bytes)) {
      if (blankFrom === 0) blankFrom = line;
      continue;
    }
    for (; blankFrom > 0; blankFrom = blankFrom + 1 < line ? blankFrom + 1 : 0) reader.problem(blankFrom, ...BLANK);
    const entry = bytes === null ? null : decodeUtf8(bytes, 0, bytes.length);
    if (bytes === null) reader.problem(line, 'record-too-long', '', `is longer than ${LIMITS.recordBytes} bytes`);
    else if (entry === null) reader.problem(line, 'invalid-utf8', '', 'is not UTF-8');
    else reader.addText(line, entry);
  }
  const end = text.end === null ? null : endProblem(text.end, log.name, line);
  return end === null ? reader.finish() : { ok: false, problems: [end] };
}

const BLANK = [
  'blank-line',
  '',
  { what: 'is blank, but the index of a line is the number of its entry', fix: 'Remove the blank line.' },
] as const;

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
