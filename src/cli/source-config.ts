import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { setConfig } from '../pipeline/edits.ts';
import type { ByteSource } from '../sources/byte-source.ts';
import type { FileColumn, FileConfig } from '../sources/file/file-config.ts';
import { fileConfig } from '../sources/file/file-config.ts';
import type { Problem, Result } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import { UsageError } from './exit-codes.ts';
import { fileBytes } from './file-bytes.ts';
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
  fromLog: boolean,
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
    let config = withLayout(parsed.data, options);
    if (!fromLog) {
      const bytes = new ReplayableBytes(fileBytes(inputOf(node, options)));
      const found = await detected(config, bytes);
      problems.push(...found.problems.map((problem) => ({ ...problem, nodeId: node.id })));
      if (!found.ok) continue;
      config = found.value;
      files.set(node.id, bytes.last());
    }
    configured = setConfig(configured, { id: node.id, config: withTimes(config, options) });
  }
  return hasErrors(problems) ? { ok: false, problems } : { ok: true, value: { document: configured, files }, problems };
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

async function detected(config: FileConfig, bytes: ByteSource): Promise<Result<FileConfig>> {
  void bytes;
  await Promise.resolve();
  return { ok: true, value: config, problems: [] };
}

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
