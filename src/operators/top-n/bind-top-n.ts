import type { StreamType } from '../../stream/batch.ts';
import type { BindRequest, Binding } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, field, fieldIndex, typeName } from '../../stream/types.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { BoundOrder } from '../shared/ranking/order-by.ts';
import { bindOrderBy } from '../shared/ranking/order-by.ts';
import type { CarriedWindows } from '../shared/windows/carried-windows.ts';
import { bindCarriedWindows } from '../shared/windows/carried-windows.ts';
import type { TopNConfig, TopNEngine } from './config.ts';

/** How rows are ranked, as `topNDefinition` tells. */
export type TopNProcess = 'first' | 'append' | 'top-1' | 'retract' | 'update-fast' | 'window';

/** A top-N node whose columns are found. */
export interface TopNBound {
  readonly process: TopNProcess;
  /** Without the window's columns. */
  readonly key: BoundKey;
  /** Empty for the order of arrival. */
  readonly order: readonly BoundOrder[];
  /** First and last rank given out, 1 the best. */
  readonly from: number;
  readonly to: number;
  /** Place of the column that says the last rank instead of `to`; null where there is none. */
  readonly toColumn: number | null;
  readonly hasRank: boolean;
  /** Whether −U is given out. */
  readonly generateUpdateBefore: boolean;
  /** The key by which rows of the input replace each other: spelled out by `retract`, kept by `update-fast`. */
  readonly rowKey: BoundKey | null;
  /** Of `window` alone. */
  readonly windows: CarriedWindows | null;
  /** 0 for ever. */
  readonly ttlMs: DurationMs;
}

type Request = BindRequest<TopNConfig, TopNEngine>;

export function bindTopN(request: Request): Result<Binding<TopNBound>> {
  const { config, engine } = request;
  const input = inputOf(request.inputs, 0);
  const process = processOf(config, engine, input);
  const { windows, problems: windowProblems } = bindWindows(request, input);
  const bounds = windows === null ? [] : [input.windowed?.startColumn, input.windowed?.endColumn];
  const names = config.keys.filter((name) => !bounds.includes(name));
  const key = bindKey(names, input.schema, 'config.keys');
  const order = bindOrderBy(config.orderBy, input.schema, 'config.orderBy');
  const rowKey = rowKeyOf(process, config, input);
  const fields = [
    ...input.schema.fields,
    ...(config.rankColumn === '' ? [] : [field(config.rankColumn, BIGINT, false)]),
  ];
  const problems: Problem[] = [
    ...windowProblems,
    ...key.problems,
    ...order.problems,
    ...rowKey.problems,
    ...rangeProblems(config, input.schema),
    ...orderProblems(config, input),
    ...duplicateColumns(fields, { path: 'config.rankColumn', fix: 'Give the rank another name.' }),
  ];
  const changes = changesOf(request, process, input);
  problems.push(...changes.problems);
  if (!key.ok || !order.ok || !rowKey.ok || !changes.ok || problems.length > 0) return { ok: false, problems };
  const out: StreamType = { ...input, schema: { fields }, ...changes.value };
  const bound: TopNBound = {
    process,
    key: key.value,
    order: order.value,
    from: config.from,
    to: config.to,
    toColumn: config.toColumn === '' ? null : fieldIndex(input.schema, config.toColumn),
    hasRank: config.rankColumn !== '',
    generateUpdateBefore: engine.generateUpdateBefore,
    rowKey: rowKey.value,
    windows,
    ttlMs: engine.ttlMs,
  };
  return { ok: true, value: { outputs: { out, late: input, rejected: input }, bound }, problems };
}

// StreamExecRank.translateToPlanInternal; the strategies of RankProcessStrategy
function processOf(config: TopNConfig, { strategy }: TopNEngine, { changes }: StreamType): TopNProcess {
  if (config.perWindow) return 'window';
  const isTop1 = config.from === 1 && config.to === 1 && config.toColumn === '';
  if (changes === 'append') {
    if (config.orderBy.length === 0) return 'first';
    return isTop1 ? 'top-1' : 'append';
  }
  if (strategy === 'retract') return 'retract';
  return isTop1 ? 'top-1' : 'update-fast';
}

function bindWindows(
  { config, engine, timeDomain }: Request,
  input: StreamType,
): { readonly windows: CarriedWindows | null; readonly problems: readonly Problem[] } {
  if (!config.perWindow) return { windows: null, problems: [] };
  if (timeDomain === 'processing') {
    const message = 'Windows by the processing clock give no sign when all of their rows are there.';
    const fix = 'Choose event time, or switch “In each window” off.';
    return {
      windows: null,
      problems: [configProblem('time-domain-not-available', 'config.perWindow', message, fix)],
    };
  }
  if (input.changes !== 'append') {
    const message = 'Rows of a window are ranked once, when it ends, and these rows change.';
    const fix = 'Switch “In each window” off, or rank rows that are only added.';
    return { windows: null, problems: [configProblem('takes-appends', 'config.perWindow', message, fix)] };
  }
  const windows = bindCarriedWindows(input, 'config.perWindow', engine.localOffsetMs);
  return { windows: windows.ok ? windows.value : null, problems: windows.problems };
}

/** The input's own key, where rows are known by it. */
function rowKeyOf(process: TopNProcess, { keys }: TopNConfig, input: StreamType): Result<BoundKey | null> {
  const isFast = input.changes !== 'append' && (process === 'update-fast' || process === 'top-1');
  if (input.changes === 'upsert' || (isFast && input.key !== null)) {
    const names = input.key ?? [];
    const missing = isFast ? keys.find((name) => !names.includes(name)) : undefined;
    if (missing === undefined) return bindKey(names, input.schema, 'inputs');
    const message = `Rows are known by ${names.join(', ') || 'no column'}, so that one may move to another ${missing}.`;
    return { ok: false, problems: [configProblem('key-lacks', 'engine.strategy', message, 'Choose retract.')] };
  }
  if (!isFast) return { ok: true, value: null, problems: [] };
  const message = 'The input has no key by which a changed row could be found.';
  return { ok: false, problems: [configProblem('table-without-key', 'engine.strategy', message, 'Choose retract.')] };
}

function rangeProblems(config: TopNConfig, schema: Schema): readonly Problem[] {
  const { from, to, toColumn, perWindow } = config;
  if (toColumn === '') {
    if (from <= to) return [];
    const message = `The ranks end (${to}) before they begin (${from}).`;
    return [configProblem('value-range', 'config.to', message, 'Swap “From rank” and “To rank”.')];
  }
  const found = schema.fields[fieldIndex(schema, toColumn)];
  if (found === undefined) {
    const known = schema.fields.map(({ name }) => name).join(', ');
    const message = `There is no column ${toColumn}.`;
    return [configProblem('unknown-column', 'config.toColumn', message, `Choose one of: ${known}.`)];
  }
  if (found.type.kind !== 'INT' && found.type.kind !== 'BIGINT') {
    const message = `${toColumn} is ${typeName(found.type)}, and a rank is a whole number.`;
    return [configProblem('wrong-type', 'config.toColumn', message, 'Choose a column of INT or BIGINT.')];
  }
  if (from === 1 && !perWindow) return [];
  // VariableRankRange has no start; WindowRankOperator takes constant ranks
  const message = 'Ranks up to that of a column begin at 1 and are not had in windows.';
  return [configProblem('dialect-lacks', 'config.toColumn', message, 'Leave “To rank of column” empty.')];
}

function orderProblems({ orderBy }: TopNConfig, { changes }: StreamType): readonly Problem[] {
  if (orderBy.length > 0 || changes === 'append') return [];
  const message = 'Rows that change have no order of arrival.';
  return [configProblem('missing-field', 'config.orderBy', message, 'Choose a column to order by.')];
}

/** What the results do to each other, and by which columns. */
function changesOf(
  { config, engine }: Request,
  process: TopNProcess,
  input: StreamType,
): Result<Pick<StreamType, 'changes' | 'key'>> {
  if (process === 'first' || process === 'window') {
    return { ok: true, value: { changes: 'append', key: null }, problems: [] };
  }
  const key = keyOf(config, input);
  const neverUpdates = config.rankColumn === '' && config.from === 1 && (process === 'append' || process === 'retract');
  if (engine.generateUpdateBefore || neverUpdates) {
    return { ok: true, value: { changes: 'retract', key }, problems: [] };
  }
  if (key !== null && !(config.rankColumn === '' && config.from > 1)) {
    return { ok: true, value: { changes: 'upsert', key }, problems: [] };
  }
  const message = 'Without rows before their change results replace each other by key, and they have none.';
  const fix = 'Name a rank column, or give out rows before their change.';
  return { ok: false, problems: [configProblem('table-without-key', 'engine.generateUpdateBefore', message, fix)] };
}

function keyOf({ keys, rankColumn, from, to, toColumn }: TopNConfig, input: StreamType): readonly string[] | null {
  if (from === to && toColumn === '') return keys;
  return rankColumn === '' ? input.key : [...keys, rankColumn];
}
