import { formatDuration } from '../../stream/duration.ts';
import type { BindRequest } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Trigger } from '../shared/trigger.ts';
import { innerTriggers } from '../shared/trigger.ts';
import type { WindowConfig, WindowEngine } from './config.ts';

/** More windows an event than this are refused, more than the smaller number warned of. */
export const MAX_PANES = 10_000;
const MANY_PANES = 100;

type Request = BindRequest<WindowConfig, WindowEngine>;

/** Everything that is wrong with a window's own figures, and what the dialect lacks. */
export function checkWindow(request: Request, dialect: Dialect): readonly Problem[] {
  return [
    ...missing(request),
    ...figures(request.config, dialect),
    ...panes(request.config),
    ...retention(request, dialect),
    ...lacking(request, dialect),
    ...ignored(request, dialect),
  ];
}

const NEEDED = {
  tumbling: ['sizeMs'],
  hopping: ['sizeMs', 'advanceMs'],
  sliding: ['sizeMs'],
  cumulate: ['sizeMs', 'stepMs'],
  session: ['gapMs'],
  count: ['countRows'],
  global: [],
  inherited: [],
} as const satisfies Record<WindowConfig['kind'], readonly (keyof WindowConfig)[]>;

function missing({ config, engine }: Request): readonly Problem[] {
  return NEEDED[config.kind].flatMap((name) => {
    if (config[name] !== undefined || (name === 'gapMs' && engine.gap !== undefined)) return [];
    const message = `A ${config.kind} window needs ${name}.`;
    return [configProblem('missing-field', `config.${name}`, message, `Enter ${name}.`)];
  });
}

function figures(window: WindowConfig, { windows: rules, title }: Dialect): readonly Problem[] {
  const { kind, sizeMs = 0, offsetMs } = window;
  const problems: Problem[] = [];
  const distanceMs = kind === 'hopping' ? (window.advanceMs ?? 0) : sizeMs;
  const isAligned = kind === 'tumbling' || kind === 'hopping' || kind === 'cumulate';
  if (isAligned && offsetMs !== 0 && distanceMs > 0 && Math.abs(offsetMs) >= distanceMs) {
    const than = kind === 'hopping' ? 'advance' : 'size';
    const message = `The offset ${formatDuration(offsetMs)} is not less than the ${than} ${formatDuration(distanceMs)}.`;
    problems.push(configProblem('offset-too-large', 'config.offsetMs', message, `Choose an offset below the ${than}.`));
  }
  if (isAligned && offsetMs !== 0 && !rules.hasOffset) {
    const message = `${title} has no offset: windows begin at 1970-01-01.`;
    problems.push(configProblem('dialect-lacks', 'config.offsetMs', message, 'Set the offset to 0.'));
  }
  if (kind === 'hopping' && sizeMs > 0 && window.advanceMs !== undefined) {
    problems.push(...advance(sizeMs, window.advanceMs, { rules, title }));
  }
  if (kind === 'cumulate' && sizeMs > 0 && window.stepMs !== undefined && sizeMs % window.stepMs !== 0) {
    const message = `The size ${formatDuration(sizeMs)} is not a multiple of the step ${formatDuration(window.stepMs)}.`;
    problems.push(
      configProblem('step-does-not-divide', 'config.stepMs', message, 'Choose a step that divides the size.'),
    );
  }
  return problems;
}

function advance(
  sizeMs: number,
  advanceMs: number,
  { rules, title }: { readonly rules: Dialect['windows']; readonly title: string },
): readonly Problem[] {
  const told = `The advance ${formatDuration(advanceMs)}`;
  if (advanceMs > sizeMs && !rules.advance.mayExceed) {
    const message = `${told} is longer than the size ${formatDuration(sizeMs)}; ${title} does not allow gaps between windows.`;
    return [configProblem('advance-too-long', 'config.advanceMs', message, 'Choose an advance up to the size.')];
  }
  if (sizeMs % advanceMs !== 0 && rules.advance.mustDivide) {
    const message = `${told} does not divide the size ${formatDuration(sizeMs)}, as ${title} demands.`;
    return [
      configProblem('advance-does-not-divide', 'config.advanceMs', message, 'Choose an advance that divides the size.'),
    ];
  }
  return [];
}

function panes({ kind, sizeMs = 0, advanceMs, stepMs }: WindowConfig): readonly Problem[] {
  const everyMs = kind === 'hopping' ? advanceMs : kind === 'cumulate' ? stepMs : undefined;
  if (everyMs === undefined || sizeMs === 0) return [];
  const count = Math.ceil(sizeMs / everyMs);
  const name = kind === 'hopping' ? 'advanceMs' : 'stepMs';
  const fix = `Make ${name} longer or sizeMs shorter.`;
  if (count > MAX_PANES) {
    const message = `Every event would belong to ${count} windows; the limit is ${MAX_PANES}.`;
    return [configProblem('window-too-many-panes', `config.${name}`, message, fix)];
  }
  if (count <= MANY_PANES) return [];
  const message = `Every event belongs to ${count} windows, each with a state of its own.`;
  return [{ ...configProblem('window-many-panes', `config.${name}`, message, fix), severity: 'warning' }];
}

/** A store that forgets windows before they are over. Kafka Streams refuses it: `WindowStoreMaterializer` and its siblings. */
function retention({ config, engine, inputs }: Request, dialect: Dialect): readonly Problem[] {
  const { retentionMs } = engine;
  if (dialect.windows.machine !== 'stores' || retentionMs === undefined) return [];
  const { kind, sizeMs = 0, gapMs = 0 } = config;
  const lengthMs = kind === 'session' ? gapMs : kind === 'sliding' ? 2 * sizeMs : sizeMs;
  const leastMs = lengthMs + dialect.windows.graceMs(inputs[0]?.delayMs ?? 0, config.latenessMs);
  if (retentionMs < leastMs) {
    const message = `The store keeps windows for ${formatDuration(retentionMs)}; they may change for ${formatDuration(leastMs)}, grace included.`;
    const fix = 'Keep them at least as long, or leave it out.';
    return [configProblem('retention-too-short', 'engine.retentionMs', message, fix)];
  }
  if (config.emission !== 'on-close' || kind === 'session' || retentionMs >= leastMs + sizeMs) return [];
  // A jump of stream time: the store has forgotten windows by the time it is asked which of them are closed.
  // AbstractDualSchemaRocksDBSegmentedBytesStore.fetchAll
  const message = `After a silence of more than ${formatDuration(retentionMs)} the windows before it are lost without a result.`;
  const fix = 'Keep them longer than any silence, or emit with each event.';
  return [{ ...configProblem('retention-loses', 'engine.retentionMs', message, fix), severity: 'warning' }];
}

/** Kinds of which a row can have the columns without being aggregated: Flink SQL's window table functions. */
const WITH_COLUMNS: readonly WindowConfig['kind'][] = ['tumbling', 'hopping', 'session', 'cumulate'];

/** What the dialect's engine cannot do. */
function lacking({ config, engine, inputs, timeDomain }: Request, dialect: Dialect): readonly Problem[] {
  const { windows: rules, title } = dialect;
  const problems: Problem[] = [];
  const lacks = (path: string, what: string, fix: string): void => {
    problems.push(configProblem('dialect-lacks', path, `${title} has no ${what}.`, fix));
  };
  const choose = (names: readonly string[]): string => `Choose ${names.join(', ')}, or another dialect.`;
  if (!rules.kinds.includes(config.kind)) lacks('config.kind', `${config.kind} windows`, choose(rules.kinds));
  if (config.result === 'rows') {
    if (rules.machine !== 'triggers') {
      const fix = 'Choose aggregates, or a Flink dialect.';
      lacks('config.result', 'window columns without aggregation', fix);
    } else if (!WITH_COLUMNS.includes(config.kind)) {
      lacks('config.result', `columns for ${config.kind} windows`, `Choose aggregates, or ${WITH_COLUMNS.join(', ')}.`);
    } else if (engine.gap !== undefined) {
      lacks('engine.gap', 'gap of each event for window columns', 'Choose aggregates, or a fixed gap.');
    }
  } else {
    if (!rules.emissions.includes(config.emission)) {
      lacks('config.emission', `emission ${config.emission} for windows`, choose(rules.emissions));
    }
    if (!rules.accumulations.includes(config.accumulation)) {
      lacks('config.accumulation', `${config.accumulation} panes`, choose(rules.accumulations));
    }
  }
  if (dialect.name === 'flink-sql' && config.emission === 'panes' && engine.api !== 'group-window') {
    lacks('config.emission', 'early and late panes for window table functions', 'Choose group-window, or on-close.');
  }
  for (const name of engine.trigger === undefined ? [] : triggerNames(engine.trigger)) {
    if (rules.triggers.length === 0 || rules.triggers.includes(name)) continue;
    lacks('engine.trigger', `trigger ${name}`, choose(rules.triggers));
  }
  if (config.groupingSets !== undefined && dialect.name !== 'flink-sql') {
    lacks('config.groupingSets', 'grouping sets', 'Remove them, use one window for each, or choose Flink SQL.');
  }
  if (inputs[0]?.changes === 'retract' && !rules.takesRetractions) {
    lacks('inputs', 'windows over a changelog', 'Window the rows before they become a changelog, or choose Flink SQL.');
  }
  if (timeDomain === 'processing' && !dialect.time.hasProcessingTime) {
    lacks('config.kind', 'windows on the processing clock', 'Choose ingestion time or event time.');
  }
  return problems;
}

function triggerNames(trigger: Trigger): readonly Trigger['on'][] {
  return [...new Set([trigger.on, ...innerTriggers(trigger).flatMap(triggerNames)])];
}

/** Figures that have no effect in this dialect: told, because the result is another than somebody may think. */
function ignored({ config, engine }: Request, dialect: Dialect): readonly Problem[] {
  const problems: Problem[] = [];
  const warn = (path: string, message: string, fix: string): void => {
    problems.push({ ...configProblem('no-effect', path, message, fix), severity: 'warning' });
  };
  const keepsLate = dialect.windows.hasLateness || engine.api === 'group-window';
  if (config.latenessMs > 0 && !keepsLate) {
    const message = `${dialect.title} drops every row that comes after its window was complete: the lateness of ${formatDuration(config.latenessMs)} has no effect.`;
    warn('config.latenessMs', message, 'Make the watermark delay longer instead, or choose group-window.');
  }
  if (engine.trigger !== undefined && dialect.windows.triggers.length === 0) {
    warn(
      'engine.trigger',
      `${dialect.title} has no triggers: this one has no effect.`,
      'Remove it, or choose a dialect with triggers.',
    );
  }
  return problems;
}
