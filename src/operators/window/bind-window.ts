import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import type { StreamType, Windowing } from '../../stream/batch.ts';
import { TICK_MS } from '../../stream/log-slice.ts';
import type { BindRequest, Binding } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { BIGINT, TIMESTAMP, fieldIndex } from '../../stream/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { BoundAggregate } from '../shared/aggregates/bound-aggregate.ts';
import { bindAggregate } from '../shared/aggregates/bind-aggregate.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { Trigger } from '../shared/trigger.ts';
import { longestWaitMs, needsClock } from '../shared/trigger.ts';
import type { WindowBound } from './bound.ts';
import { hasBounds } from './bound.ts';
import { checkWindow } from './check-window.ts';
import type { WindowConfig, WindowEngine } from './config.ts';
import { triggerOf } from './trigger-of.ts';

type Request = BindRequest<WindowConfig, WindowEngine>;

/** Resolves columns, expressions and figures of a window node, or says everything that is wrong with it. */
export function bindWindow(request: Request): Result<Binding<WindowBound>> {
  const { config, inputs } = request;
  const input = inputOf(inputs, 0);
  const dialect = dialectNamed(request.dialect);
  const problems: Problem[] = [...checkWindow(request, dialect)];
  const key = bindKey(config.keys, input.schema, 'config.keys');
  const sets = bindGroupingSets(config);
  const gap = bindGap(request, input.schema);
  const inherited = bindInherited(config, input.schema);
  problems.push(...key.problems, ...sets.problems, ...gap.problems, ...inherited.problems);
  const aggregates = config.result === 'rows' ? [] : bindAggregates(request, input.schema, problems);
  if (!key.ok || !sets.ok || !gap.ok || !inherited.ok) return { ok: false, problems };
  const bound: WindowBound = {
    ...figuresOf(request, dialect),
    gap: gap.value,
    key: key.value,
    groupingSets: sets.value,
    inherited: inherited.value,
    aggregates,
  };
  const fields = fieldsOf(bound, config, input.schema);
  const [path, fix] =
    config.result === 'rows'
      ? ['config.result', 'Rename it in a map before.']
      : ['config.aggregates', 'Rename the aggregate.'];
  problems.push(...duplicateColumns(fields, { path, fix }));
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  const outputs = { out: outputOf(bound, fields, { input, dialect }), late: input, rejected: input };
  return { ok: true, value: { outputs, bound }, problems };
}

type Figures = Omit<WindowBound, 'gap' | 'key' | 'groupingSets' | 'inherited' | 'aggregates'>;

function figuresOf({ config, engine, inputs, timeDomain }: Request, dialect: Dialect): Figures {
  const { windows: rules } = dialect;
  const { kind } = config;
  const uses = (...kinds: readonly WindowConfig['kind'][]): boolean => kinds.includes(kind);
  const keepsLate = rules.hasLateness || (dialect.name === 'flink-sql' && engine.api === 'group-window');
  const latenessMs = keepsLate && hasBounds(kind) ? config.latenessMs : 0;
  const trigger = triggerOf({ config, engine, dialect, timeDomain });
  const localOffsetMs = dialect.name === 'flink-sql' ? engine.localOffsetMs : 0;
  const sizeMs = uses('tumbling', 'hopping', 'sliding', 'cumulate') ? (config.sizeMs ?? 0) : 0;
  const waitsForClock = timeDomain === 'processing' || needsClock(trigger);
  return {
    kind,
    result: config.result,
    sizeMs,
    advanceMs: uses('hopping') ? (config.advanceMs ?? 0) : 0,
    stepMs: uses('cumulate') ? (config.stepMs ?? 0) : 0,
    gapMs: uses('session') ? (config.gapMs ?? 0) : 0,
    // TimeWindowUtil.toUtcTimestampMills: windows are those of the local time
    offsetMs: uses('tumbling', 'hopping', 'cumulate') ? config.offsetMs - localOffsetMs : 0,
    localOffsetMs,
    countRows: uses('count') ? (config.countRows ?? 0) : 0,
    everyRows: uses('count') ? (config.everyRows ?? 0) : 0,
    latenessMs,
    graceMs: rules.graceMs(inputs[0]?.delayMs ?? 0, latenessMs),
    emission: config.emission,
    accumulation: config.accumulation,
    trigger,
    hasGroupingId: config.groupingId !== undefined,
    timeDomain,
    takesChanges: inputs[0]?.changes === 'retract',
    changes: changesOf(config, engine, dialect),
    engine,
    clockHorizonMs: waitsForClock ? clockNeed(config, sizeMs, trigger) : null,
  };
}

/** Until every timer that a row may set is due. */
function clockNeed(config: WindowConfig, sizeMs: DurationMs, trigger: Trigger): DurationMs {
  const gapMs = config.gapMs ?? 0;
  const waitsMs = Math.max(config.earlyEveryMs + config.lateEveryMs, longestWaitMs(trigger));
  return sizeMs + gapMs + waitsMs + TICK_MS;
}

function changesOf(config: WindowConfig, engine: WindowEngine, dialect: Dialect): WindowBound['changes'] {
  if (config.result === 'rows') return 'append';
  if (dialect.windows.machine === 'stores') return config.emission === 'each-event' ? 'upsert' : 'append';
  const updates = dialect.name === 'flink-sql' && engine.api === 'group-window';
  if (config.accumulation === 'retracting') return 'retract';
  return updates && (config.latenessMs > 0 || config.emission === 'panes') ? 'retract' : 'append';
}

function bindGroupingSets({ keys, groupingSets }: WindowConfig): Result<WindowBound['groupingSets']> {
  if (groupingSets === undefined) return { ok: true, value: [keys.map((_, i) => i)], problems: [] };
  const problems: Problem[] = [];
  const sets = groupingSets.map((set, s) => {
    for (const [i, name] of set.entries()) {
      if (keys.includes(name)) continue;
      const message = `Grouping set ${s + 1} names ${name}, which is not part of the key.`;
      problems.push(
        configProblem('unknown-column', `config.groupingSets.${s}.${i}`, message, 'Add it to the key, or remove it.'),
      );
    }
    return keys.flatMap((name, i) => (set.includes(name) ? [i] : []));
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: sets, problems };
}

function bindGap({ config, engine, dialect }: Request, schema: Schema): Result<CompiledExpression | null> {
  const none = { ok: true as const, value: null, problems: [] };
  if (config.kind !== 'session' || engine.gap === undefined || dialect !== 'flink-datastream') return none;
  const compiled = compileExpression(engine.gap, schema);
  if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, 'engine.gap') };
  const { kind } = compiled.expression.type;
  if (kind === 'INT' || kind === 'BIGINT') return { ok: true, value: compiled.expression, problems: [] };
  const message = 'The gap of each event is not a whole number of milliseconds.';
  return { ok: false, problems: [configProblem('wrong-type', 'engine.gap', message, 'Cast it to BIGINT.')] };
}

function bindInherited({ kind }: WindowConfig, schema: Schema): Result<WindowBound['inherited']> {
  if (kind !== 'inherited') return { ok: true, value: null, problems: [] };
  const [start, end] = ['window_start', 'window_end'].map((name) => fieldIndex(schema, name));
  const isTime = (index: number | undefined): index is number => schema.fields[index ?? -1]?.type.kind === 'TIMESTAMP';
  if (isTime(start) && isTime(end)) return { ok: true, value: { start, end }, problems: [] };
  const message = 'The rows come without the columns window_start and window_end.';
  const fix = 'Put a window before this one and keep its columns, or choose another kind of window.';
  return { ok: false, problems: [configProblem('unknown-column', 'config.kind', message, fix)] };
}

function bindAggregates({ config, engine, dialect, inputs }: Request, schema: Schema, problems: Problem[]) {
  return config.aggregates.flatMap((aggregate, i): readonly BoundAggregate[] => {
    const bound = bindAggregate(aggregate, {
      schema,
      path: `config.aggregates.${i}`,
      dialect: dialectNamed(dialect),
      takesChanges: inputs[0]?.changes === 'retract',
      // A pane may come that nothing is new in.
      mayBeEmpty: config.accumulation === 'discarding',
      initial: Object.hasOwn(engine.initials, aggregate.name) ? (engine.initials[aggregate.name] ?? null) : null,
    });
    problems.push(...bound.problems);
    return bound.ok ? [bound.value] : [];
  });
}

/** Names of the columns that tell a window. */
const START = 'window_start';
const END = 'window_end';

function fieldsOf(bound: WindowBound, config: WindowConfig, schema: Schema): readonly Field[] {
  const bounds: readonly Field[] = hasBounds(bound.kind)
    ? [
        { name: START, type: TIMESTAMP, nullable: false },
        { name: END, type: TIMESTAMP, nullable: false },
      ]
    : [];
  if (bound.result === 'rows')
    return [...schema.fields, ...bounds, { name: 'window_time', type: TIMESTAMP, nullable: false }];
  const leavesOut = (i: number): boolean => bound.groupingSets.some((set) => !set.includes(i));
  return [
    ...bound.key.fields.map((field, i) => (leavesOut(i) ? { ...field, nullable: true } : field)),
    ...(config.groupingId === undefined ? [] : [{ name: config.groupingId, type: BIGINT, nullable: false }]),
    ...bounds,
    ...bound.aggregates.map((aggregate) => aggregate.field),
  ];
}

interface Source {
  readonly input: StreamType;
  readonly dialect: Dialect;
}

function outputOf(bound: WindowBound, fields: readonly Field[], { input, dialect }: Source): StreamType {
  const { changes, kind } = bound;
  const names = [...bound.key.fields.map((field) => field.name), ...(hasBounds(kind) ? [START, END] : [])];
  const { machine, sessionEndsWith } = dialect.windows;
  const isMerging = kind === 'session';
  const extraMs = isMerging && sessionEndsWith === 'last-event' ? bound.gapMs : 0;
  const windowed: Windowing = {
    isMerging,
    closesAfterMs: (machine === 'stores' ? bound.graceMs : bound.latenessMs) + extraMs,
    startColumn: START,
    endColumn: END,
  };
  const out: StreamType = {
    schema: { fields },
    changes: bound.result === 'rows' ? input.changes : changes,
    key: changes === 'append' || bound.result === 'rows' ? null : names,
    // Results of count and global windows stand at the end of time: no window behind them would ever be open.
    eventTime: hasBounds(kind),
    delayMs: input.delayMs ?? 0,
  };
  return hasBounds(kind) ? { ...out, windowed } : out;
}
