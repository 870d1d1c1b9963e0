import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import { bindPunctuation } from '../../expression/punctuation.ts';
import type { TimeDomain } from '../../stream/node-definition.ts';
import { NO_COLUMNS, configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { TIMESTAMP, field, typeName } from '../../stream/types.ts';
import type { TimeFormat } from '../event-time.ts';
import { timeReader } from '../event-time.ts';
import { PARTITION_TYPES } from '../partitions.ts';
import type { SourceTimes } from '../source-times.ts';
import type { BoundOps } from './bind-ops.ts';
import { bindOps, rowColumnsOf } from './bind-ops.ts';
import { COLUMN_TYPES, columnType, isCollection } from './column-type.ts';
import type { Encoding, FileColumn, FileConfig, FileFormat } from './file-config.ts';

/** One column as the reader needs it. */
export interface BoundColumn {
  readonly field: Field;
  /** Keys and positions from the record to the value; one name for CSV. */
  readonly path: readonly string[];
  /** How a TIMESTAMP is written; null for other types. */
  readonly time: TimeFormat | null;
  readonly nulls: readonly string[];
}

export type BoundArrival =
  | { readonly by: 'file-order' }
  | { readonly by: 'column'; readonly column: number; readonly time: TimeFormat }
  | { readonly by: 'expression'; readonly expression: CompiledExpression; readonly schema: Schema };

/** Everything that a file reader needs beside the bytes. */
export interface BoundFile extends SourceTimes {
  readonly kind: 'source.file';
  readonly format: FileFormat;
  readonly encoding: Encoding | 'auto';
  readonly delimiter: string;
  readonly header: boolean;
  readonly decimalComma: boolean;
  readonly arrayPath: readonly string[];
  /** All that is read of a record. */
  readonly columns: readonly BoundColumn[];
  /** The rows': indices of the columns that they are made of in `rowColumns`. */
  readonly schema: Schema;
  readonly rowColumns: readonly number[];
  readonly changes: Changes;
  readonly ops: BoundOps;
  /** Where the event time stands, null when the rows have none. */
  readonly time: { readonly column: number; readonly format: TimeFormat } | null;
  readonly arrival: BoundArrival;
  /** Whether rows get their arrival as event time. */
  readonly timeIsArrival: boolean;
  /** Column that says which partition a row belongs to; -1 where there is one partition. */
  readonly partitionColumn: number;
}

/** Names and positions of a dotted path; a CSV column's name is taken whole. */
export function splitPath(path: string): readonly string[] {
  return path === '' ? [] : path.split('.');
}

/**
 * Resolves a configuration whose columns and layout are known. `needsTime` optional: for looking at a file only, whose
 * rows then have neither event time nor arrival.
 */
export function bindFile(
  config: FileConfig,
  timeDomain: TimeDomain,
  needsTime: 'needed' | 'optional' = 'needed',
): Result<BoundFile> {
  const problems: Problem[] = [];
  if (config.columns.length === 0 || config.format === 'auto') {
    const message = 'The columns are taken from the file when it is opened.';
    const fix = 'Choose the file, or give it to a run on the command line by --input.';
    return { ok: false, problems: [configProblem(NO_COLUMNS, 'config.columns', message, fix)] };
  }
  const columns = config.columns.map((_, i) => bindColumn(config, i, problems));
  const read = { fields: columns.map((column) => column.field) };
  const ops = bindOps(config, (name) => columnIndex(config, name), problems);
  const rowColumns = rowColumnsOf(ops, columns.length);
  const schema = { fields: rowColumns.flatMap((i) => read.fields[i] ?? []) };
  const time = bindTime(config, needsTime === 'optional' ? null : timeDomain, problems);
  const punctuation = bindPunctuation(config.watermark, schema);
  problems.push(...punctuation.problems, ...keyProblems(config, schema));
  const bound: BoundFile = {
    kind: 'source.file',
    format: config.format,
    encoding: config.encoding,
    delimiter: config.delimiter === 'auto' ? ',' : config.delimiter,
    header: config.header !== 'none',
    decimalComma: config.decimal === 'comma',
    arrayPath: config.format === 'geojson' ? ['features'] : splitPath(config.arrayPath),
    columns,
    schema,
    rowColumns,
    changes: config.changes,
    ops,
    time,
    arrival: bindArrival(config, read, problems),
    timeIsArrival: timeDomain !== 'event',
    watermark: config.watermark,
    punctuation: punctuation.ok ? punctuation.value : null,
    partitions: config.partition?.count ?? 1,
    partitionColumn: bindPartition(config, read, problems),
  };
  return resultOf(bound, problems);
}

function bindColumn(config: FileConfig, index: number, problems: Problem[]): BoundColumn {
  const column = config.columns[index];
  const path = `config.columns.${index}`;
  const name = column?.name ?? '';
  const first = config.columns.findIndex((other) => other.name === name);
  if (first < index) {
    problems.push(
      configProblem('duplicate-column', `${path}.name`, `Two columns are called “${name}”.`, 'Give one another name.'),
    );
  }
  const place = (other: FileColumn): string => other.path ?? other.name;
  const samePlace = column === undefined ? -1 : config.columns.findIndex((other) => place(other) === place(column));
  if (config.format !== 'csv' && first === index && samePlace >= 0 && samePlace < index) {
    const message = `Two columns are read from “${column?.path ?? name}”.`;
    problems.push(configProblem('duplicate-path', `${path}.path`, message, 'Remove one, or give it another path.'));
  }
  const type = columnType(column?.type ?? '');
  if (type === null || (isCollection(type) && config.format === 'csv')) {
    const message = `A column of this file cannot have the type “${column?.type ?? ''}”.`;
    problems.push(configProblem('unknown-type', `${path}.type`, message, `Choose one of ${COLUMN_TYPES.join(', ')}.`));
  }
  const isTime = type?.kind === 'TIMESTAMP';
  // The unit of the event time wins over the one that the column was found with.
  const declaredAsTime = isTimeColumn(config, index);
  const unit = declaredAsTime ? (config.time?.unit ?? 'iso') : (column?.unit ?? 'iso');
  const time = { unit, zone: config.time?.zone ?? 'UTC' };
  if (isTime && !declaredAsTime) checkTime(time, { unit: `${path}.unit`, zone: 'config.time.zone' }, problems);
  return {
    field: field(name, type ?? TIMESTAMP, true),
    path: config.format === 'csv' ? [column?.path ?? name] : splitPath(column?.path ?? name),
    time: isTime ? time : null,
    nulls: column?.nulls ?? [],
  };
}

function isTimeColumn(config: FileConfig, index: number): boolean {
  return config.time !== null && columnIndex(config, config.time.column) === index;
}

/** Index of the column that a user calls `name`: by its name, else by its path; -1 when there is none. */
export function columnIndex(config: Pick<FileConfig, 'columns'>, name: string): number {
  const byName = config.columns.findIndex((column) => column.name === name);
  return byName >= 0 ? byName : config.columns.findIndex((column) => column.path === name);
}

function checkTime(
  time: TimeFormat,
  paths: { readonly unit: string; readonly zone: string },
  problems: Problem[],
): void {
  const reader = timeReader(time);
  if (!('of' in reader)) return;
  const fix =
    reader.of === 'zone'
      ? 'Give a name such as UTC or Europe/Berlin.'
      : 'Give s, ms, us, ns, iso, or a pattern such as yyyy/MM/dd HH:mm.';
  problems.push(configProblem(`bad-${reader.of}`, paths[reader.of], reader.fault, fix));
}

function unknownColumn(config: Pick<FileConfig, 'columns'>, path: string, name: string): Problem {
  const names = config.columns.slice(0, 20).map((column) => column.name);
  return configProblem(
    'unknown-column',
    path,
    `The file has no column “${name}”.`,
    `Choose one of ${names.join(', ')}.`,
  );
}

function bindTime(config: FileConfig, timeDomain: TimeDomain | null, problems: Problem[]): BoundFile['time'] {
  if (config.time === null) {
    if (timeDomain === 'event') {
      const fix = 'Choose the column that says when an event happened.';
      problems.push(configProblem('no-time-column', 'config.time', 'No column holds the event time.', fix));
    } else if (timeDomain !== null && config.arrival.by === 'file-order') {
      const message = 'Nothing says when a row arrives: in file order all of them arrive at 0.';
      const fix = 'Choose a column for the event time or the arrival, or run a written log, whose entries have times.';
      problems.push({ ...configProblem('no-arrival', 'config.arrival', message, fix), severity: 'warning' });
    }
    return null;
  }
  const column = columnIndex(config, config.time.column);
  if (column < 0) problems.push(unknownColumn(config, 'config.time.column', config.time.column));
  const format = { unit: config.time.unit, zone: config.time.zone };
  checkTime(format, { unit: 'config.time.unit', zone: 'config.time.zone' }, problems);
  return { column, format };
}

function bindPartition({ partition, ...config }: FileConfig, schema: Schema, problems: Problem[]): number {
  if (partition === null) return -1;
  const column = columnIndex(config, partition.column);
  const type = schema.fields[column]?.type;
  if (column < 0) problems.push(unknownColumn(config, 'config.partition.column', partition.column));
  else if (type !== undefined && !PARTITION_TYPES.some((kind) => kind === type.kind)) {
    const message = `The column “${partition.column}” is ${typeName(type)}, which names no partition.`;
    const fix = `Choose a column of type ${PARTITION_TYPES.join(', ')}.`;
    problems.push(configProblem('wrong-type', 'config.partition.column', message, fix));
  }
  return column;
}

function keyProblems(config: FileConfig, { fields }: Schema): readonly Problem[] {
  if (config.changes === 'append') return [];
  if (config.changes === 'upsert' && config.key.length === 0) {
    const message = 'Rows that replace others by key need a key.';
    return [configProblem('missing-key', 'config.key', message, 'Name the columns of the key.')];
  }
  return config.key.flatMap((name, i) => {
    if (fields.some((column) => column.name === name)) return [];
    const columns = config.columns.filter((column) => fields.some((each) => each.name === column.name));
    return [unknownColumn({ columns }, `config.key.${i}`, name)];
  });
}

function bindArrival(config: FileConfig, schema: Schema, problems: Problem[]): BoundArrival {
  const { arrival } = config;
  switch (arrival.by) {
    case 'file-order':
      return arrival;
    case 'column': {
      const column = columnIndex(config, arrival.column);
      if (column < 0) problems.push(unknownColumn(config, 'config.arrival.column', arrival.column));
      const time = { unit: arrival.unit, zone: config.time?.zone ?? 'UTC' };
      checkTime(time, { unit: 'config.arrival.unit', zone: 'config.time.zone' }, problems);
      return { by: 'column', column, time };
    }
    case 'expression':
      return bindExpression(config, arrival.expression, schema, problems);
  }
}

function bindExpression(config: FileConfig, text: string, schema: Schema, problems: Problem[]): BoundArrival {
  const withTime: Schema = {
    fields: schema.fields.map((column, i) => (isTimeColumn(config, i) ? field(column.name, TIMESTAMP, false) : column)),
  };
  const compiled = compileExpression(text, withTime);
  if (!compiled.ok) {
    for (const { code, message, fix } of compiled.problems) {
      problems.push(configProblem(code, 'config.arrival.expression', message, fix));
    }
    return { by: 'file-order' };
  }
  const { kind } = compiled.expression.type;
  if (kind !== 'TIMESTAMP' && kind !== 'BIGINT' && kind !== 'INT' && kind !== 'DOUBLE') {
    const message = `The arrival is ${typeName(compiled.expression.type)}, not a TIMESTAMP or a number of milliseconds.`;
    const fix = 'Write a sum such as ts + delay * 1000.';
    problems.push(configProblem('wrong-type', 'config.arrival.expression', message, fix));
  }
  return { by: 'expression', expression: compiled.expression, schema: withTime };
}
