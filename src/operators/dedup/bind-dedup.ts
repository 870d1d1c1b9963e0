import type { StreamType } from '../../stream/batch.ts';
import type { BindRequest, Binding } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import { fieldIndex, typeName } from '../../stream/types.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { CarriedWindows } from '../shared/windows/carried-windows.ts';
import { bindCarriedWindows } from '../shared/windows/carried-windows.ts';
import type { DedupConfig, DedupEngine } from './config.ts';

export interface DedupBound {
  /** Without the window's columns. */
  readonly key: BoundKey;
  readonly keep: 'first' | 'last';
  readonly orderBy: 'event-time' | 'arrival';
  /** Place of the column with the time to order by; null for the rows' event time. */
  readonly timeColumn: number | null;
  /** Whether −U is given out; where it is not, whether the first row of a key is +I. */
  readonly generateUpdateBefore: boolean;
  readonly generateInsert: boolean;
  /** 0 for ever. */
  readonly ttlMs: DurationMs;
  /** The key by which rows of the input replace each other; null for one that spells out what goes. */
  readonly tableKey: BoundKey | null;
  /** Null where rows are not kept window by window. */
  readonly windows: CarriedWindows | null;
}

type Request = BindRequest<DedupConfig, DedupEngine>;

export function bindDedup({ config, engine, inputs, timeDomain }: Request): Result<Binding<DedupBound>> {
  const input = inputOf(inputs, 0);
  const { keep, orderBy, perWindow } = config;
  const windows = perWindow ? bindCarriedWindows(input, 'config.perWindow', engine.localOffsetMs) : null;
  const bounds = perWindow ? [input.windowed?.startColumn, input.windowed?.endColumn] : [];
  const names = config.keys.filter((name) => !bounds.includes(name));
  const key = bindKey(names, input.schema, 'config.keys');
  const timeColumn = bindTime(config, input);
  const tableKey = input.changes === 'upsert' ? bindKey(input.key ?? [], input.schema, 'inputs') : null;
  const problems: Problem[] = [
    ...key.problems,
    ...timeColumn.problems,
    ...(tableKey?.problems ?? []),
    ...(windows?.problems ?? []),
    ...changeProblems(config, input),
    ...(perWindow && timeDomain === 'processing' ? [noWatermark()] : []),
  ];
  if (!key.ok || !timeColumn.ok || problems.length > 0) return { ok: false, problems };
  const bound: DedupBound = {
    key: key.value,
    keep,
    orderBy,
    timeColumn: timeColumn.value,
    generateUpdateBefore: engine.generateUpdateBefore,
    generateInsert: engine.generateInsert,
    ttlMs: engine.ttlMs,
    tableKey: tableKey?.ok === true ? tableKey.value : null,
    windows: windows?.ok === true ? windows.value : null,
  };
  const isFinal = perWindow || (keep === 'first' && orderBy === 'arrival');
  const changes = isFinal ? 'append' : engine.generateUpdateBefore ? 'retract' : 'upsert';
  const out: StreamType = { ...input, changes, key: isFinal ? null : names };
  return { ok: true, value: { outputs: { out, late: input, rejected: input }, bound }, problems };
}

function bindTime({ orderBy, timeColumn }: DedupConfig, { schema }: StreamType): Result<number | null> {
  if (orderBy === 'arrival' || timeColumn === '') return { ok: true, value: null, problems: [] };
  const index = fieldIndex(schema, timeColumn);
  const found = schema.fields[index];
  if (found?.type.kind === 'TIMESTAMP') return { ok: true, value: index, problems: [] };
  const known = schema.fields.filter(({ type }) => type.kind === 'TIMESTAMP').map(({ name }) => name);
  const fix = known.length === 0 ? 'Leave it empty.' : `Choose one of: ${known.join(', ')}.`;
  const message =
    found === undefined ? `There is no column ${timeColumn}.` : `${timeColumn} is ${typeName(found.type)}, not a time.`;
  const code = found === undefined ? 'unknown-column' : 'wrong-type';
  return { ok: false, problems: [configProblem(code, 'config.timeColumn', message, fix)] };
}

// DeduplicateFunctionHelper.checkInsertOnly: all but the last row by arrival; other orders are RetractableTopNFunction's
function changeProblems({ keep, orderBy, perWindow }: DedupConfig, { changes }: StreamType): readonly Problem[] {
  if (changes === 'append' || (keep === 'last' && orderBy === 'arrival' && !perWindow)) return [];
  const message = 'Of rows that change only the last one by arrival can be kept.';
  const fix = 'Keep the last by arrival, or rank the rows with a top-N node from 1 to 1.';
  return [configProblem('takes-appends', 'config.keep', message, fix)];
}

function noWatermark(): Problem {
  const message = 'Windows by the processing clock give no sign when all of their rows are there.';
  const fix = 'Choose event time, or switch “In each window” off.';
  return configProblem('time-domain-not-available', 'config.perWindow', message, fix);
}
