import { formatDuration } from '../../stream/duration.ts';
import type { StreamType } from '../../stream/batch.ts';
import { TICK_MS } from '../../stream/log-slice.ts';
import type { BindRequest, Binding } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { hasErrors } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import { fieldIndex } from '../../stream/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { inputOf } from '../shared/inputs.ts';
import { bindMatch, joinedFields, resultFields } from '../shared/joins/bind-join.ts';
import type { CarriedWindows } from '../shared/windows/carried-windows.ts';
import type { WindowJoinBound } from './bound.ts';
import type { WindowJoinConfig, WindowJoinEngine } from './config.ts';

type Request = BindRequest<WindowJoinConfig, WindowJoinEngine>;

/** Resolves keys, condition and windows of a window join, or says everything that is wrong with it. */
export function bindWindowJoin(request: Request): Result<Binding<WindowJoinBound>> {
  const { config: join, inputs, timeDomain } = request;
  const left = inputOf(inputs, 0);
  const right = inputOf(inputs, 1);
  const dialect = dialectNamed(request.dialect);
  const match = bindMatch(join, left.schema, right.schema);
  const inherited = bindInherited(request, left, right);
  const problems = [
    ...match.problems,
    ...lacking(request, dialect),
    ...inherited.problems,
    ...figureProblems(join),
    ...ignored(join),
  ];
  if (!match.ok || !inherited.ok || hasErrors(problems)) return { ok: false, problems };
  const figures = figuresOf(join);
  const longestMs = figures.sizeMs + figures.gapMs;
  const bound: WindowJoinBound = {
    ...match.value,
    kind: join.kind,
    nullAware: join.kind === 'anti' && join.nullAware,
    window: join.window,
    inherited: inherited.value,
    ...figures,
    timeDomain,
    clockHorizonMs: timeDomain === 'processing' ? longestMs + TICK_MS : null,
  };
  return { ok: true, value: { outputs: outputsOf(join, left, right), bound }, problems };
}

function outputsOf({ kind, window, latenessMs }: WindowJoinConfig, left: StreamType, right: StreamType) {
  const delayMs = Math.max(left.delayMs ?? 0, right.delayMs ?? 0);
  const stream = { changes: 'append' as const, key: null, eventTime: true, delayMs };
  const joined = joinedFields(left.schema, right.schema);
  const passed = { ...stream, schema: { fields: joined.map((field) => ({ ...field, nullable: true })) } };
  const out: StreamType = { ...stream, schema: { fields: resultFields(kind, left.schema, right.schema) } };
  const windowed = window === 'inherited' ? windowingOf(kind, left, right) : undefined;
  const isLasting = windowed === undefined || latenessMs > 0;
  return { out: isLasting ? out : { ...out, windowed }, late: passed, rejected: passed };
}

/** Results carry the window of the side that is always there; those of a full join of neither. */
function windowingOf(kind: WindowJoinConfig['kind'], left: StreamType, right: StreamType): StreamType['windowed'] {
  if (kind === 'full') return undefined;
  if (kind !== 'right' || right.windowed === undefined) return left.windowed;
  const names = joinedFields(left.schema, right.schema).slice(left.schema.fields.length);
  const nameOf = (column: string): string => names[fieldIndex(right.schema, column)]?.name ?? column;
  const { startColumn, endColumn } = right.windowed;
  return { ...right.windowed, startColumn: nameOf(startColumn), endColumn: nameOf(endColumn) };
}

function figuresOf({ window, sizeMs = 0, advanceMs = 0, gapMs = 0, offsetMs, latenessMs }: WindowJoinConfig) {
  const isAligned = window === 'tumbling' || window === 'hopping';
  return {
    sizeMs: isAligned ? sizeMs : 0,
    advanceMs: window === 'hopping' ? advanceMs : isAligned ? sizeMs : 0,
    gapMs: window === 'session' ? gapMs : 0,
    offsetMs: isAligned ? offsetMs : 0,
    latenessMs: window === 'inherited' ? 0 : latenessMs,
  };
}

function bindInherited(
  { config: { window }, engine, dialect }: Request,
  left: StreamType,
  right: StreamType,
): Result<WindowJoinBound['inherited']> {
  const isOffered = dialectNamed(dialect).joins.window.windows.includes('inherited');
  if (window !== 'inherited' || !isOffered) return { ok: true, value: null, problems: [] };
  const sides = [left, right].map((side) => carriedWindows(side, engine.localOffsetMs));
  const problems = sides.flatMap((columns, side) => {
    if (columns !== null) return [];
    const message = `The rows of the ${side === 0 ? 'left' : 'right'} side come without windows.`;
    const fix = 'Put a window before the join, with the rows or with aggregates as its result, and keep its columns.';
    return [configProblem('not-windowed', 'config.window', message, fix)];
  });
  if (left.windowed !== undefined && right.windowed !== undefined) {
    if (left.windowed.isMerging !== right.windowed.isMerging) {
      const message = 'One side comes in sessions and the other in windows of a fixed length.';
      problems.push(configProblem('windows-differ', 'config.window', message, 'Give both sides the same window.'));
    }
  }
  const [leftColumns, rightColumns] = sides;
  if (!leftColumns || !rightColumns || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: [leftColumns, rightColumns], problems };
}

/** Where a row tells its window; null where no window made it, or its columns did not come as far. */
function carriedWindows({ windowed, schema }: StreamType, localOffsetMs: DurationMs): CarriedWindows | null {
  if (windowed === undefined) return null;
  const start = fieldIndex(schema, windowed.startColumn);
  const end = fieldIndex(schema, windowed.endColumn);
  const isTime = (index: number): boolean => schema.fields[index]?.type.kind === 'TIMESTAMP';
  return isTime(start) && isTime(end) ? { start, end, localOffsetMs } : null;
}

/** What the dialect's engine cannot do. */
function lacking({ config: join, timeDomain }: Request, { title, joins }: Dialect): readonly Problem[] {
  const { windows, kinds, hasNullSafeKeys, hasProcessingTime } = joins.window;
  const problems: Problem[] = [];
  const lacks = (path: string, what: string, fix: string): void => {
    problems.push(configProblem('dialect-lacks', path, `${title} has no ${what}.`, fix));
  };
  if (!windows.includes(join.window)) {
    if (join.window === 'inherited') {
      lacks('config.window', 'joins over windows that rows come with', `Choose ${windows.join(', ')}.`);
    } else {
      const fix = 'Put a window with its rows as the result before each side, and choose inherited.';
      lacks('config.window', 'joins that name their window themselves', fix);
    }
  }
  if (!kinds.includes(join.kind)) {
    lacks('config.kind', `${join.kind} window joins`, `Choose ${kinds.join(', ')}, or Flink SQL.`);
  }
  if (join.nullSafeKeys.length > 0 && !hasNullSafeKeys) {
    lacks(
      'config.nullSafeKeys',
      'keys in which NULL equals NULL',
      'Replace NULL in a map before, or choose Flink SQL.',
    );
  }
  if (timeDomain === 'processing' && !hasProcessingTime) {
    lacks('config.window', 'window joins on the processing clock', 'Choose event time or ingestion time.');
  }
  return problems;
}

function figureProblems({ window, sizeMs, advanceMs, gapMs, offsetMs }: WindowJoinConfig): readonly Problem[] {
  const problems: Problem[] = [];
  const needs = (name: string, value: number | undefined): void => {
    if (value !== undefined) return;
    problems.push(
      configProblem('missing-field', `config.${name}`, `A ${window} window needs ${name}.`, `Enter ${name}.`),
    );
  };
  if (window === 'tumbling' || window === 'hopping') needs('sizeMs', sizeMs);
  if (window === 'hopping') needs('advanceMs', advanceMs);
  if (window === 'session') needs('gapMs', gapMs);
  const gridMs = window === 'hopping' ? advanceMs : window === 'tumbling' ? sizeMs : undefined;
  if (gridMs !== undefined && Math.abs(offsetMs) >= gridMs) {
    const message = `The offset ${formatDuration(offsetMs)} is not less than the distance of two windows, ${formatDuration(gridMs)}.`;
    problems.push(configProblem('offset-too-large', 'config.offsetMs', message, 'Choose a smaller offset.'));
  }
  return problems;
}

/** Settings that have no effect: told, because the result is another than somebody may think. */
function ignored({ kind, nullAware, window, latenessMs }: WindowJoinConfig): readonly Problem[] {
  const problems: Problem[] = [];
  const warn = (path: string, message: string, fix: string): void => {
    problems.push({ ...configProblem('no-effect', path, message, fix), severity: 'warning' });
  };
  if (nullAware && kind !== 'anti') {
    warn('config.nullAware', `NULL that may match has a meaning for anti joins alone, not for ${kind}.`, 'Remove it.');
  }
  if (window === 'inherited' && latenessMs > 0) {
    const message = 'Every row that comes after its window was complete is dropped: the lateness has no effect.';
    warn('config.latenessMs', message, 'Make the watermark delay longer instead.');
  }
  return problems;
}
