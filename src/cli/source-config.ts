import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { setConfig } from '../pipeline/edits.ts';
import type { ByteSource, ReadEnvironment } from '../sources/byte-source.ts';
import { choicesOf, completeConfig, detectFile } from '../sources/detect.ts';
import type { FileColumn, FileConfig } from '../sources/file/file-config.ts';
import { fileConfig } from '../sources/file/file-config.ts';
import type { Problem, Result } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import { UsageError } from './exit-codes.ts';
import { fileBytes, inflate } from './file-bytes.ts';
import { logRows } from './log-rows.ts';
import { ReplayableBytes } from './replayable-bytes.ts';
import type { SourceOptions } from './run-options.ts';

/** A document whose file sources know their files, with the bytes of each by the source's id. */
export interface ConfiguredSources {
  readonly document: PipelineDocument;
  readonly files: ReadonlyMap<string, ByteSource>;
}

/** Finds out what the graph leaves open about its files and lets the command line have the last word. */
export async function configureSources(
  document: PipelineDocument,
  bySource: ReadonlyMap<string, SourceOptions>,
  log: ByteSource | null,
): Promise<Result<ConfiguredSources>> {
  const problems: Problem[] = [];
  const files = new Map<string, ByteSource>();
  let configured = document;
  for (const node of document.nodes) {
    const options = bySource.get(node.id);
    if (options === undefined) continue;
    if (node.type !== 'source.file') {
      refuseFileOptions(node, options);
      continue;
    }
    const parsed = fileConfig.safeParse(node.config);
    if (!parsed.success) continue;
    const given = withLayout(parsed.data, options);
    if (log !== null && given.columns.length > 0) {
      // A written log is lines of JSON, whatever the source's own file would be.
      const config = withTimes({ ...given, format: 'ndjson' }, options);
      configured = setConfig(configured, { id: node.id, config });
      continue;
    }
    const bytes =
      log === null
        ? new ReplayableBytes(fileBytes(inputOf(node, options)), looksFor(options))
        : logRows(log, node.id, bySource.size === 1);
    const found = await completed(given, options, bytes);
    problems.push(...found.problems.map((problem) => ({ ...problem, nodeId: node.id })));
    if (!found.ok) continue;
    files.set(node.id, bytes);
    configured = setConfig(configured, { id: node.id, config: withTimes(found.value, options) });
  }
  return hasErrors(problems) ? { ok: false, problems } : { ok: true, value: { document: configured, files }, problems };
}

/** How often a file is looked into before it is read. */
function looksFor({ time }: SourceOptions): number {
  return time === null ? 1 : 2;
}

/** How often a written log is looked into before it is read: for each source whose columns it has to tell. */
export function looksIntoLog(document: PipelineDocument, bySource: ReadonlyMap<string, SourceOptions>): number {
  return document.nodes.reduce((sum, { id, type, config }) => {
    const options = bySource.get(id);
    const isTold = type !== 'source.file' || (Array.isArray(config['columns']) && config['columns'].length > 0);
    return options === undefined || isTold ? sum : sum + looksFor(options);
  }, 0);
}

function refuseFileOptions({ id, type }: DocumentNode, options: SourceOptions): void {
  if (Object.values(options).some((value) => value !== null)) {
    throw new UsageError(`${id} is a ${type} and reads no file: leave its options away.`);
  }
}

function inputOf({ id }: DocumentNode, { input }: SourceOptions): string {
  if (input !== null) return input;
  throw new UsageError(`${id} reads a file: give it with --input ${id}=FILE, or all rows with --log FILE.`);
}

function withLayout(config: FileConfig, { format, header }: SourceOptions): FileConfig {
  if (format === 'parquet') throw new UsageError('Parquet files cannot be read yet; use csv, ndjson, json or geojson.');
  return { ...config, format: format ?? config.format, header: header ?? config.header };
}

/**
 * Fills in what graph and command line leave open. A time column of the command line is looked for in a second look:
 * only the first one knows what the columns are called.
 */
async function completed(given: FileConfig, options: SourceOptions, bytes: ByteSource): Promise<Result<FileConfig>> {
  const environment: ReadEnvironment = { inflate, signal: null };
  const zone = options.zone === null ? {} : { zone: options.zone };
  let detection = await detectFile(bytes, environment, { ...choicesOf(given), ...zone });
  if (options.time !== null && detection.error === null) {
    const { column, unit } = splitColumn(completeConfig(given, detection), options.time);
    const time = { column, ...(unit === null ? {} : { unit }) };
    detection = await detectFile(bytes, environment, { ...choicesOf(given), ...zone, time });
  }
  if (detection.error !== null) return { ok: false, problems: [{ ...PROBLEM, ...detection.error }] };
  // Who has stated the columns has answered what a look at the file would ask.
  const warnings = given.columns.length > 0 ? [] : detection.warnings;
  const problems = warnings.map(({ code, message }) => ({ ...PROBLEM, severity: 'warning' as const, code, message }));
  return { ok: true, value: completeConfig(given, detection), problems };
}

const PROBLEM: Problem = { code: '', severity: 'error', path: '', nodeId: null, message: '', fix: '' };

/** Time, arrival and zone as the command line says them; a unit that it leaves out is the column's own. */
function withTimes(config: FileConfig, { time, arrival, zone }: SourceOptions): FileConfig {
  let { time: eventTime, arrival: arrives } = config;
  if (time !== null) {
    const { column, unit } = splitColumn(config, time);
    eventTime = { column, unit: unit ?? unitOf(config, column), zone: eventTime?.zone ?? 'UTC' };
  }
  if (zone !== null && eventTime !== null) eventTime = { ...eventTime, zone };
  if (arrival?.startsWith('expr:') === true) arrives = { by: 'expression', expression: arrival.slice('expr:'.length) };
  else if (arrival !== null) {
    const { column, unit } = splitColumn(config, arrival);
    arrives = { by: 'column', column, unit: unit ?? unitOf(config, column) };
  }
  return { ...config, time: eventTime, arrival: arrives };
}

interface ColumnAndUnit {
  readonly column: string;
  readonly unit: string | null;
}

/** `COL:unit`, where the name itself, and a pattern as `HH:mm`, may hold colons: the longest known name is meant. */
function splitColumn({ columns }: FileConfig, text: string): ColumnAndUnit {
  const names = columns.flatMap(({ name, path }) => [name, ...(path === undefined ? [] : [path])]);
  const known = names
    .filter((name) => text === name || text.startsWith(`${name}:`))
    .sort((a, b) => b.length - a.length)[0];
  const end = known?.length ?? text.indexOf(':');
  if (end < 0 || end === text.length) return { column: text, unit: null };
  return { column: text.slice(0, end), unit: text.slice(end + 1) };
}

function unitOf(config: FileConfig, name: string): string {
  const column = config.columns.find((each) => each.name === name) ?? config.columns.find((each) => each.path === name);
  if (config.time !== null && columnIs(column, config.time.column)) return config.time.unit;
  if (column?.unit !== undefined) return column.unit;
  return column?.type === 'BIGINT' || column?.type === 'INT' || column?.type === 'DOUBLE' ? 'ms' : 'iso';
}

function columnIs(column: FileColumn | undefined, name: string): boolean {
  return column !== undefined && (column.name === name || column.path === name);
}
