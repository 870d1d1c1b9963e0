import type { Problem } from '../../stream/problem.ts';
import type { Schema } from '../../stream/types.ts';
import type { ByteSource, ReadEnvironment } from '../byte-source.ts';
import { columnNames, countFields, firstRecord, positionNames } from '../csv/csv-header.ts';
import { CsvScanner } from '../csv/csv-scanner-reader.ts';
import type { Finding } from '../detect/findings.ts';
import { OUTLIER_FIX, OutlierWatch, outlierFinding } from '../detect/outliers.ts';
import type { RecordScanner, ScanFault, ScanSink } from '../fields/field-block.ts';
import { FieldBlock } from '../fields/field-block.ts';
import { ReadNotes } from '../fields/read-notes.ts';
import { JsonArrayScanner } from '../json/array-scanner-reader.ts';
import { NdjsonScanner } from '../json/ndjson-scanner-reader.ts';
import { pathTree } from '../json/path-tree.ts';
import { LIMITS, READER_CHUNK_ROWS } from '../limits.ts';
import { RejectList } from '../rejects.ts';
import type { SourceChunk, SourceProgress, SourceReader } from '../source-reader.ts';
import type { AsciiDecoder } from '../text/ascii-reader.ts';
import { decodeLoose } from '../text/utf8-reader.ts';
import { TextInput } from '../text/text-input.ts';
import { inArrivalOrder } from './arrival-order.ts';
import type { BoundFile } from './bind-file.ts';
import { endProblem } from './end-problem.ts';
import type { FieldPlan } from './field-plan.ts';
import { jsonFields, planOf } from './field-plan.ts';
import type { LinedChunk } from './row-assembler.ts';
import { RowAssembler } from './row-assembler.ts';

/** Cells of a block, at most: wide files get fewer records at a time. */
const BLOCK_CELLS = 1_048_576;

/**
 * Reads the rows of a file. In file order it holds one buffer of text and one chunk of rows, however large the file is;
 * with another arrival it reads everything before it hands out the first row.
 */
export class FileReader implements SourceReader {
  readonly schema: Schema;
  readonly rejects: RejectList;
  /** Remarkable values that were read all the same. */
  readonly notes = new ReadNotes();
  blank = 0;
  readonly blankLines: number[] = [];
  /** Of these, records that only mark a key as gone for those who compact a topic. */
  tombstones = 0;
  /** Lines of an Elasticsearch bulk request that hold no record. */
  bulkLines = 0;
  /** An event time far ahead of all others, once the file has ended; also among the problems. */
  outlier: Finding | null = null;
  private readonly bound: BoundFile;
  private readonly source: ByteSource;
  private readonly text: TextInput;
  private readonly asciiDecoder: AsciiDecoder | null;
  private readonly found: Problem[] = [];
  private readonly times = new OutlierWatch();
  private scanner: RecordScanner | null = null;
  private block: FieldBlock | null = null;
  private assembler: RowAssembler | null = null;
  private ordered: Generator<SourceChunk> | null = null;
  private stopped = false;
  private rows = 0;
  private lastLine = 0;

  constructor(bound: BoundFile, source: ByteSource, environment: ReadEnvironment) {
    this.bound = bound;
    this.schema = bound.schema;
    this.rejects = new RejectList(environment.rejected ?? null);
    this.source = source;
    this.asciiDecoder = environment.asciiDecoder ?? null;
    this.text = new TextInput(source, bound.encoding, environment);
  }

  async next(): Promise<SourceChunk | null> {
    if (this.bound.arrival.by === 'file-order') return this.nextInFileOrder();
    if (this.ordered === null) {
      const chunks: LinedChunk[] = [];
      for (let chunk = await this.nextInFileOrder(); chunk !== null; chunk = await this.nextInFileOrder()) {
        chunks.push(chunk);
      }
      this.ordered = inArrivalOrder(chunks, this.schema);
    }
    const next = this.ordered.next();
    return next.done === true ? null : next.value;
  }

  /** Rows as they stand in the file, with their lines. */
  async nextInFileOrder(): Promise<LinedChunk | null> {
    for (;;) {
      if (this.stopped) return null;
      if (this.scanner === null && !(await this.open())) continue;
      const { scanner, block, assembler, text } = this;
      if (scanner === null || block === null || assembler === null) return null;
      const input = text.input();
      scanner.scan(input, block);
      text.consumed(input);
      const chunk = block.records === 0 ? null : assembler.assemble(block);
      this.rejects.settle();
      if (chunk !== null) {
        this.lastLine = block.lines[block.records - 1] ?? 0;
        this.rows += chunk.length;
        if (this.bound.time !== null && !this.bound.timeIsArrival) this.times.look(chunk.ts, chunk.lines);
        if (chunk.length > 0) return chunk;
      } else if (text.end !== null) await this.finish();
      else await text.fill();
    }
  }

  /** Builds the scanner once enough of the file is known. False: reading has ended already. */
  private async open(): Promise<boolean> {
    const { text, bound } = this;
    await text.fill();
    if (text.end !== null && text.end.kind !== 'whole' && text.textBytes === 0) {
      await this.finish();
      return false;
    }
    const tombstone = (): void => {
      this.blank++;
      this.tombstones++;
    };
    const sink: ScanSink = {
      reject: ({ line, start, end }, column, reason) =>
        this.rejects.add({ line, column, reason }, start, () =>
          decodeLoose(text.input().bytes, start, Math.min(end, start + 4 * LIMITS.rejectTextChars)),
        ),
      blank: (line) => {
        this.blank++;
        if (this.blankLines.length < 20) this.blankLines.push(line);
      },
      fatal: (fault) => this.stop(fault),
      ...(bound.ops.by === 'none' ? {} : { tombstone }),
    };
    let plan: FieldPlan;
    if (bound.format === 'csv') {
      const opened = await this.openCsv(sink);
      if (opened === null) {
        if (!this.stopped) await this.finish();
        return false;
      }
      this.scanner = opened.scanner;
      plan = planOf(opened.fields, bound.ops);
    } else {
      const wanted = jsonFields(bound);
      const tree = pathTree(wanted.paths);
      const width = wanted.paths.length;
      this.scanner =
        bound.format === 'ndjson'
          ? new NdjsonScanner(tree, width, sink)
          : new JsonArrayScanner(tree, bound.arrayPath, width, sink);
      plan = wanted.plan;
    }
    const capacity = Math.max(16, Math.min(READER_CHUNK_ROWS, Math.floor(BLOCK_CELLS / this.scanner.width)));
    this.block = new FieldBlock(capacity, this.scanner.width);
    this.assembler = new RowAssembler(bound, plan, {
      rejects: this.rejects,
      notes: this.notes,
      tombstone,
      asciiDecoder: this.asciiDecoder,
    });
    return true;
  }

  private async openCsv(sink: ScanSink): Promise<{ scanner: CsvScanner; fields: number[] } | null> {
    const { bound, text } = this;
    const head = { delimiter: bound.delimiter, mostFields: LIMITS.columns };
    let input = text.input();
    let first = firstRecord(input.bytes, input.end, { ...head, final: input.final });
    while (first === null && text.end === null && input.end <= LIMITS.recordBytes) {
      await text.fill();
      input = text.input();
      first = firstRecord(input.bytes, input.end, { ...head, final: input.final });
    }
    if (first === null) {
      const fields = countFields(input.bytes, input.end, bound.delimiter);
      if (fields > LIMITS.columns) this.stop(tooManyColumns(fields));
      else if (input.end > LIMITS.recordBytes) this.stop(longHeader());
      else if (text.end?.kind === 'whole' && input.end > 0) {
        // No first record: nothing but blank lines, or a quote that is never closed.
        const names = positionNames(fields);
        const scanner = new CsvScanner({ delimiter: bound.delimiter, names, firstLine: 1 }, sink);
        scanner.scan(input, new FieldBlock(1, fields));
        text.consumed(input);
      }
      return null;
    }
    const names = bound.header ? columnNames(first.texts) : positionNames(this.columnCount(first.texts.length));
    const fields = bound.columns.map((column, i) => {
      const at = names.indexOf(column.path[0] ?? '');
      return at < 0 && !bound.header ? i : at;
    });
    const missing = bound.columns.filter((_, i) => (fields[i] ?? -1) < 0 || (fields[i] ?? 0) >= names.length);
    if (missing.length > 0) {
      this.stop(
        missingColumns(
          missing.map((column) => column.path[0] ?? ''),
          names,
        ),
      );
      return null;
    }
    if (bound.header) {
      for (let line = 1; line < first.firstLine; line++) sink.blank(line);
      text.consumed({ ...input, at: first.next });
    }
    const firstLine = bound.header ? first.nextLine : 1;
    const wanted = [...new Set(fields)];
    const layout = { delimiter: bound.delimiter, names, firstLine, wanted };
    return { scanner: new CsvScanner(layout, sink), fields: fields.map((field) => wanted.indexOf(field)) };
  }

  /** Without a header: as many as the first record has, or more when a column beyond it is asked for. */
  private columnCount(inFirst: number): number {
    const positions = this.bound.columns.map(({ path }) => /^c(\d{1,4})$/.exec(path[0] ?? '')?.[1]);
    return Math.max(inFirst, ...positions.map((position, i) => (position === undefined ? i + 1 : Number(position))));
  }

  /** Nothing more comes: what is left in the buffer is no record, and the end may have to be explained. */
  private async finish(): Promise<void> {
    const { text } = this;
    this.stopped = true;
    const input = text.input();
    if (text.end?.kind === 'inflate' && input.at < input.end && this.scanner !== null) {
      const reason = 'cut off: the compressed file ends here';
      const reject = { line: this.lastLine + 1, column: null, reason };
      this.rejects.add(reject, input.at, () => decodeLoose(input.bytes, input.at, input.end));
      this.rejects.settle();
    }
    if (this.scanner instanceof NdjsonScanner) this.bulkLines = Math.max(0, this.scanner.bulkLines ?? 0);
    const problem = text.end === null ? null : endProblem(text.end, this.source.name, this.rows);
    if (problem !== null) this.found.push(problem);
    this.findOutlier();
    await text.close();
  }

  private findOutlier(): void {
    const outlier = this.times.find();
    if (outlier === null) return;
    this.outlier = outlierFinding(outlier, this.bound.columns[this.bound.time?.column ?? -1]?.field.name ?? '');
    const { code, message } = this.outlier;
    this.found.push({ code, severity: 'warning', path: '', nodeId: null, message, fix: OUTLIER_FIX });
  }

  private stop(fault: ScanFault): void {
    this.stopped = true;
    this.found.push({ ...fault, severity: 'error', path: '', nodeId: null });
  }

  progress(): SourceProgress {
    return {
      unit: 'bytes',
      done: this.text.readBytes,
      total: this.source.sizeBytes,
      rows: this.rows,
      rejected: this.rejects.count,
      blank: this.blank,
    };
  }

  problems(): readonly Problem[] {
    return this.found;
  }
}

export function tooManyColumns(fields: number): ScanFault {
  return {
    code: 'too-many-columns',
    message: `The first line has ${fields} columns; the limit is ${LIMITS.columns}.`,
    fix: 'Choose another delimiter, or a file with fewer columns.',
  };
}

function longHeader(): ScanFault {
  return {
    code: 'record-too-long',
    message: `The first line is longer than ${LIMITS.recordBytes} bytes, the limit of a record.`,
    fix: 'Check that this is a CSV file.',
  };
}

function missingColumns(missing: readonly string[], names: readonly string[]): ScanFault {
  return {
    code: 'missing-column',
    message: `The file has no column ${missing.join(', ')}; it has ${names.slice(0, 30).join(', ')}.`,
    fix: 'Let the columns be found anew, or choose the file that they belong to.',
  };
}
