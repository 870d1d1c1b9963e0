import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { TICK_MS } from '../../stream/log-slice.ts';
import type { BindRequest, Binding } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { DataType, Field, Schema } from '../../stream/types.ts';
import { field, typeName } from '../../stream/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { bindAggregate } from '../shared/aggregates/bind-aggregate.ts';
import type { BoundAggregate } from '../shared/aggregates/bound-aggregate.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { LagConfig, OverConfig, OverEngine } from './config.ts';

export interface BoundLag {
  readonly argument: CompiledExpression;
  /** Rows back; 0 is the row itself. */
  readonly offset: number;
  /** One row with the value where there is no such row. */
  readonly otherwise: Column;
  /** The output column. */
  readonly field: Field;
}

/** An over node whose columns and expressions are found. */
export interface OverBound {
  readonly key: BoundKey;
  readonly orderBy: 'event-time' | 'arrival';
  readonly frame: OverConfig['frame'];
  /** Of `rows`. */
  readonly precedingRows: number;
  /** Of `range`. */
  readonly precedingMs: DurationMs;
  readonly aggregates: readonly BoundAggregate[];
  readonly lags: readonly BoundLag[];
  /** 0 for ever, and always of `range`. */
  readonly ttlMs: DurationMs;
  /** How long the clock must go on after a row, ms; null where no clock is needed. */
  readonly clockHorizonMs: DurationMs | null;
}

export function bindOver(request: BindRequest<OverConfig, OverEngine>): Result<Binding<OverBound>> {
  const { config, engine, timeDomain } = request;
  const { frame, precedingRows, precedingMs } = config;
  const input = inputOf(request.inputs, 0);
  const dialect = dialectNamed(request.dialect);
  const problems: Problem[] = [];
  const orderBy = timeDomain === 'processing' ? 'arrival' : config.orderBy;
  if (orderBy === 'event-time' && !input.eventTime) problems.push(timeMissing());
  const key = bindKey(config.keys, input.schema, 'config.keys');
  problems.push(...key.problems);
  const isBounded = frame === 'rows' || frame === 'range';
  const aggregates = config.aggregates.flatMap((aggregate, i) => {
    const bound = bindAggregate(aggregate, {
      schema: input.schema,
      path: `config.aggregates.${i}`,
      dialect,
      takesChanges: isBounded,
      initial: null,
    });
    problems.push(...bound.problems);
    return bound.ok ? [bound.value] : [];
  });
  const lags = config.lags.flatMap((lag, i) =>
    bindLag(lag, { schema: input.schema, dialect, path: `config.lags.${i}`, problems }),
  );
  if (isBounded && lags.length > 0) problems.push(lagInBounds());
  const added = [...aggregates, ...lags].map((each) => each.field);
  const fields = [...input.schema.fields, ...added];
  problems.push(...duplicateColumns(fields, { path: 'config.aggregates', fix: 'Rename the aggregate.' }));
  if (!key.ok || problems.length > 0) return { ok: false, problems };
  const ttlMs = frame === 'range' ? 0 : engine.ttlMs;
  const bound: OverBound = {
    key: key.value,
    orderBy,
    frame: orderBy === 'arrival' && frame === 'range-unbounded' ? 'rows-unbounded' : frame,
    precedingRows,
    precedingMs,
    aggregates,
    lags,
    ttlMs,
    clockHorizonMs: clockNeed(orderBy, frame, ttlMs),
  };
  const out = { ...input, schema: { fields } };
  return { ok: true, value: { outputs: { out, late: input, rejected: input }, bound }, problems };
}

function clockNeed(
  orderBy: OverBound['orderBy'],
  frame: OverBound['frame'],
  ttlMs: DurationMs,
): OverBound['clockHorizonMs'] {
  if (ttlMs > 0) return Math.floor(ttlMs * 1.5) + TICK_MS;
  return orderBy === 'arrival' && frame === 'range' ? TICK_MS : null;
}

interface LagContext {
  readonly schema: Schema;
  readonly dialect: Dialect;
  readonly path: string;
  readonly problems: Problem[];
}

function bindLag(lag: LagConfig, { schema, dialect, path, problems }: LagContext): readonly BoundLag[] {
  const compiled = compileExpression(lag.argument, schema, dialect.expressions);
  if (!compiled.ok) {
    problems.push(...expressionProblems(compiled.problems, `${path}.argument`));
    return [];
  }
  const { type } = compiled.expression;
  const otherwise = constantOf(lag.default, type, `${path}.default`, problems);
  if (otherwise === null) return [];
  return [{ argument: compiled.expression, offset: lag.offset, otherwise, field: field(lag.name, type) }];
}

/** One row with the value of a constant expression as the type; null when it has none, which is a problem then. */
function constantOf(text: string, type: DataType, path: string, problems: Problem[]): Column | null {
  const written = text.trim() === '' ? 'NULL' : text;
  const compiled = compileExpression(`CAST((${written}) AS ${typeName(type)})`, { fields: [] });
  const errors = rowErrors();
  const column = compiled.ok ? compiled.expression.evaluate(ONE_ROW, errors) : null;
  if (column !== null && errors.count === 0) return column;
  const message = `${written} is no constant of ${typeName(type)}, which the earlier value is.`;
  problems.push(
    configProblem('wrong-type', path, message, 'Enter a literal of that type, or leave it empty for NULL.'),
  );
  return null;
}

const ONE_ROW: Batch = {
  length: 1,
  selection: null,
  columns: [],
  seq: new Float64Array(1),
  phase: null,
  ts: new Float64Array(1),
  kinds: null,
  origin: null,
};

function timeMissing(): Problem {
  const message = 'The rows have no event time to be ordered by.';
  const fix = 'Name the time column at the source, or order by arrival.';
  return configProblem('event-time-missing', 'config.orderBy', message, fix);
}

// LagAggFunction has no retract
function lagInBounds(): Problem {
  const message = 'Earlier values are looked up among all rows before, not in a frame that reaches back only so far.';
  const fix = 'Choose a frame without a bound, or remove the earlier values.';
  return configProblem('dialect-lacks', 'config.lags', message, fix);
}
