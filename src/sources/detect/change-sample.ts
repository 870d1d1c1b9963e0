import { opNamed } from '../file/op-words.ts';
import type { FileConfig } from '../file/file-config.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { Finding } from './findings.ts';
import type { ColumnSample, Sample } from './sample.ts';

/** What the first records show of how they change a table. */
export interface FoundChanges {
  readonly settings: Pick<FileConfig, 'ops' | 'changes' | 'key'>;
  /** The columns of the rows and those beside them that may be of use, in place of those that were found. */
  readonly columns: readonly ColumnSample[];
  /** The event time, where the records have one beside the row. */
  readonly time: { readonly column: string; readonly unit: string } | null;
  readonly finding: Finding;
}

const DEBEZIUM_OPS: ReadonlySet<string> = new Set(['c', 'u', 'd', 'r', 't', 'm']);
/** Where an envelope stands when schemas come with it, or when a topic was written out with its keys. */
const ENVELOPES = ['', 'payload', 'value', 'value.payload'];
const OP_COLUMN = /^(__op|__deleted|op|_op|row_?kind|op_type)$/i;
/** Columns that only the connector's own flattening writes. */
const OWN_COLUMN = /^__(op|deleted)$/;

/**
 * Recognises Debezium's change events, and files with a column of operations. Null where rows only add themselves. What the
 * user has said of the operations is not doubted.
 */
export function findChanges(samples: readonly ColumnSample[], ops: FileConfig['ops'] | undefined): FoundChanges | null {
  if (ops?.by === 'column') return withOpColumn(samples, ops.column);
  const envelopes = ops?.by === 'debezium' ? [ops.path] : ENVELOPES;
  for (const path of envelopes) {
    const found = inEnvelope(samples, path);
    if (found !== null) return found;
  }
  const column = samples.find(isOpColumn);
  return column === undefined ? null : withOpColumn(samples, column.name);
}

function inEnvelope(samples: readonly ColumnSample[], envelope: string): FoundChanges | null {
  const at = (name: string): string => (envelope === '' ? name : `${envelope}.${name}`);
  const op = samples.find(({ path }) => path === at('op'));
  const words = op?.samples.filter(({ kind }) => kind !== 'empty') ?? [];
  if (words.length === 0 || !words.every(({ text }) => DEBEZIUM_OPS.has(text))) return null;
  const before = samples.filter(({ path }) => path.startsWith(`${at('before')}.`));
  const columns = rowColumns(samples, at('after'), before);
  if (columns.length === 0) return null;
  const beside = [at('source.ts_ms'), at('ts_ms')].flatMap((path) => samples.filter((each) => each.path === path));
  const time = beside.find((sample) => sample.samples.some(({ kind, text }) => kind === 'number' && Number(text) > 0));
  const wholeBefore = hasWholeBefore(words, before);
  const key = keyOf(columns, words);
  const changes = key === null && wholeBefore ? 'retract' : 'upsert';
  return {
    settings: { ops: { by: 'debezium', path: envelope }, changes, key: key === null ? [] : [key] },
    columns: [...columns, ...beside],
    time: time === undefined ? null : { column: time.name, unit: 'ms' },
    finding: found('The records are change events of Debezium', changes, key),
  };
}

/** The row's columns by their names in the row; values of both images tell what type they are. */
function rowColumns(
  samples: readonly ColumnSample[],
  after: string,
  before: readonly ColumnSample[],
): readonly ColumnSample[] {
  const columns = new Map<string, { path: string; samples: Sample[] }>();
  for (const { path, samples: values } of samples) {
    if (!path.startsWith(`${after}.`)) continue;
    columns.set(path.slice(after.length + 1), { path, samples: [...values] });
  }
  for (const { path, samples: values } of before) {
    const name = path.slice(path.indexOf('before.') + 'before.'.length);
    const known = columns.get(name);
    if (known === undefined) columns.set(name, { path: `${after}.${name}`, samples: [...values] });
    else known.samples.push(...values);
  }
  return [...columns].map(([name, { path, samples: values }]) => ({ name, path, samples: values }));
}

/** Whether every update and deletion shows more of the row before than a key. */
function hasWholeBefore(ops: readonly Sample[], before: readonly ColumnSample[]): boolean {
  const filled = new Map<number, number>();
  for (const { samples } of before) {
    for (const { kind, line } of samples) if (kind !== 'empty') filled.set(line, (filled.get(line) ?? 0) + 1);
  }
  const needed = ops.filter(({ text }) => text === 'u' || text === 'd');
  return needed.length > 0 && needed.every(({ line }) => (filled.get(line) ?? 0) > (before.length > 1 ? 1 : 0));
}

function isOpColumn({ name, samples }: ColumnSample): boolean {
  const words = samples.filter(({ kind }) => kind !== 'empty').map(({ text }) => text);
  if (!OP_COLUMN.test(name) || words.length === 0 || words.some((word) => opNamed(word) === null)) return false;
  // Elsewhere `op` may be short for anything.
  return OWN_COLUMN.test(name) || words.every((word) => /^[+-][IUD]$/.test(word));
}

function withOpColumn(samples: readonly ColumnSample[], name: string): FoundChanges | null {
  const op = samples.find((each) => each.name === name || each.path === name);
  if (op === undefined) return null;
  const rest = samples.filter((each) => each !== op && !OWN_COLUMN.test(each.name));
  const kinds = op.samples.map(({ text }) => opNamed(text));
  const key = keyOf(rest, op.samples);
  const isSpelledOut = kinds.includes(UPDATE_BEFORE);
  const onlyOnce = !kinds.includes(UPDATE_AFTER) && kinds.includes(DELETE);
  const changes = isSpelledOut || (key === null && onlyOnce) ? 'retract' : 'upsert';
  return {
    settings: {
      ops: { by: 'column', column: op.name },
      changes,
      key: key === null || changes === 'retract' ? [] : [key],
    },
    columns: [...rest, op],
    time: null,
    finding: found(`Column ${op.name} says what each record changes`, changes, key),
  };
}

/** A column that looks like a key: called so, never empty, and different in all rows that are new. */
function keyOf(columns: readonly ColumnSample[], ops: readonly Sample[]): string | null {
  const isNew = new Set(ops.filter(({ text }) => opNamed(text) === INSERT).map(({ line }) => line));
  const candidates = [/^id$/i, /^(key|uuid|.*_id)$/i].flatMap((name) => columns.filter((each) => name.test(each.name)));
  const fits = candidates.find(({ samples }) => {
    const values = samples.filter(({ line }) => isNew.has(line)).map(({ text }) => text);
    return samples.every(({ kind }) => kind !== 'empty') && new Set(values).size === values.length;
  });
  return fits?.name ?? null;
}

function found(what: string, changes: FileConfig['changes'], key: string | null): Finding {
  const how =
    changes === 'retract'
      ? 'rows are taken back one by one (retract)'
      : key === null
        ? 'rows are put and deleted by a key (upsert), which nothing shows: choose it'
        : `rows are put and deleted by key ${key} (upsert)`;
  return { code: 'changes-detected', message: `${what}: ${how}.` };
}
