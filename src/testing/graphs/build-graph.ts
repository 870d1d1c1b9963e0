import { operatorDefinitions } from '../../operators/definitions.ts';
import type { Dialect } from '../../operators/dialects/dialect.ts';
import { dialectNamed } from '../../operators/dialects/dialects.ts';
import type { OperatorKind } from '../../operators/operator.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { NodeDefinition, OutputPortName, TimeDomain } from '../../stream/node-definition.ts';
import type { Field } from '../../stream/types.ts';
import { isNumeric, sameType } from '../../stream/types.ts';
import type { GraphNode, GraphShape, OutputName } from './graph.ts';
import { outputName, sourceType } from './graph.ts';
import type { Branch, JoinChoice, Recipe, Step, WindowChoice } from './recipe.ts';
import { latestSettings } from './ranking-settings.ts';
import { JOINS, WINDOW_JOIN, joinSettings } from './join-settings.ts';
import { sourceOf } from './source-settings.ts';
import { at, windowSettings } from './window-config.ts';

/** Sinks included; a graph of more nodes shows nothing that one of so many does not. */
const MAX_NODES = 12;

/** Tumbling, complete, counted. */
const PLAIN_WINDOW: WindowChoice = {
  kind: 0,
  size: 0,
  part: 0,
  offsetMs: 0,
  keys: [],
  latenessMs: 0,
  emission: 0,
  accumulation: 0,
  isRows: false,
  trigger: 0,
  knob: 0,
  aggregates: [],
};

interface Output {
  readonly name: OutputName;
  readonly port: OutputPortName;
  readonly type: StreamType;
  /**
   * Flink gives results of windows without bounds the end of time, which no window can hold. Running aggregates take back, at
   * a good time, what they said of a row without one, and some sources take back what they never gave: the references do not
   * follow sums of less than nothing.
   */
  readonly hasTime: boolean;
}

/** The graph that a recipe describes. Every result goes into a sink. */
export function buildGraph(recipe: Recipe): GraphShape {
  const builder = new GraphBuilder(recipe);
  for (const step of recipe.steps) builder.take(step);
  const { dialect, sources, watches } = recipe;
  return {
    dialect,
    timeDomain: builder.timeDomain,
    sources: sources.map((source) => sourceOf(source, dialect)),
    nodes: builder.finish(watches),
  };
}

class GraphBuilder {
  private readonly nodes: GraphNode[] = [];
  private readonly outputs: Output[];
  private readonly taken = new Set<OutputName>();
  private readonly dialect: Dialect;
  private readonly sources: number;
  readonly timeDomain: TimeDomain;

  constructor({ dialect, byClock, sources }: Recipe) {
    this.dialect = dialectNamed(dialect);
    this.timeDomain = byClock && this.dialect.time.hasProcessingTime ? 'processing' : 'event';
    this.sources = sources.length;
    this.outputs = sources.map((source, i) => ({
      name: `source-${i}`,
      port: 'out' as const,
      type: sourceType(sourceOf(source, dialect)),
      hasTime: !source.hasUnknown,
    }));
  }

  take(step: Step): void {
    const open = this.outputs.filter(({ name, port }) => port === 'out' && !this.taken.has(name));
    if (this.sources + this.nodes.length + open.length + (step.shape === 'diamond' ? 3 : 1) > MAX_NODES) return;
    switch (step.shape) {
      case 'union': {
        const first = this.output(step.from);
        this.union([first, ...this.alike(first, step.others)]);
        return;
      }
      case 'join':
        this.join(this.output(step.from), this.output(step.with), step);
        return;
      case 'diamond': {
        const top = this.output(step.from);
        const left = this.branch(step.left, top) ?? top;
        const right = (step.right === null ? null : this.branch(step.right, top)) ?? top;
        if (left === right) return;
        if (step.meet === 'join' || this.union([left, right]) === null) this.join(left, right, step);
        return;
      }
      default:
        this.branch(step, this.output(step.from));
    }
  }

  /** The nodes, and a sink at every result that nobody takes. */
  finish(watches: readonly boolean[]): readonly GraphNode[] {
    const open = this.outputs.filter(({ name }) => !this.taken.has(name));
    const results = open.filter(({ port }) => port === 'out');
    const others = open.filter(({ port }) => port !== 'out').filter((_, i) => watches[i] === true);
    const room = MAX_NODES - this.sources - this.nodes.length;
    const sinks = [...results, ...others].slice(0, Math.max(room, results.length));
    return [
      ...this.nodes,
      ...sinks.map(({ name }, i): GraphNode => ({
        id: `sink-${i}`,
        kind: 'sink',
        config: { view: 'table' },
        engine: {},
        inputs: [name],
      })),
    ];
  }

  /** Results that nobody takes, the newest first; then late and rejected rows; then all others. */
  private output(from: number): Output {
    const newest = this.outputs.toReversed();
    const isOpen = ({ name }: Output): boolean => !this.taken.has(name);
    const ranked = [
      ...newest.filter((output) => isOpen(output) && output.port === 'out'),
      ...newest.filter((output) => isOpen(output) && output.port !== 'out'),
      ...newest.filter((output) => !isOpen(output)),
    ];
    return at(ranked, from);
  }

  /** One or two other outputs of the same columns. */
  private alike(first: Output, others: number): readonly Output[] {
    const found = this.outputs.filter((output) => output !== first && sameColumns(output.type, first.type));
    if (found.length === 0) return [];
    const chosen = [at(found, others), at(found, others + 1)];
    return others % 3 === 0 ? [...new Set(chosen)] : chosen.slice(0, 1);
  }

  private union(inputs: readonly Output[]): Output | null {
    return inputs.length < 2 ? null : this.add('union', { config: {}, engine: {} }, inputs);
  }

  private join(left: Output, right: Output, choice: JoinChoice): Output | null {
    const isOverWindows =
      choice.join % JOINS.length === WINDOW_JOIN && this.dialect.joins.window.windows.includes('inherited');
    const sides = isOverWindows ? [this.windowed(left, choice), this.windowed(right, choice)] : [left, right];
    const [first = left, second = right] = sides;
    for (const { kind, ...settings } of joinSettings(choice, [first.type, second.type], this.dialect)) {
      const added = this.add(kind, settings, [first, second]);
      if (added !== null) return added;
    }
    return null;
  }

  /** The rows with the windows that they are in, for a join over these. */
  private windowed(input: Output, { knob, lengthMs }: JoinChoice): Output {
    if (input.type.windowed !== undefined) return input;
    const kind = at(['tumbling', 'hopping', 'session'], knob);
    const figures = kind === 'session' ? { gapMs: 8 } : { sizeMs: 10, ...(kind === 'hopping' ? { advanceMs: 5 } : {}) };
    const config = { kind, ...figures, result: 'rows', keys: [at(input.type.schema.fields, lengthMs).name] };
    return this.add('window', { config, engine: {} }, [input]) ?? input;
  }

  private branch(branch: Branch, input: Output): Output | null {
    const { fields } = input.type.schema;
    switch (branch.shape) {
      case 'filter': {
        const config = { predicate: predicateOn(at(fields, branch.column), branch.form) };
        return this.add('filter', { config, engine: {} }, [input]);
      }
      case 'map': {
        const field = at(fields, branch.column);
        const column = { name: branch.form % 2 === 0 ? field.name : 'x', expression: expressionOf(field, branch.form) };
        return this.add('map', { config: { columns: [column], keep: 'all' }, engine: {} }, [input]);
      }
      case 'assign-timestamps': {
        const times = fields.filter(({ type }) => ['TIMESTAMP', 'BIGINT', 'INT'].includes(type.kind));
        if (times.length === 0) return null;
        const time = at(times, branch.column).name;
        const { punctuation: _unknown, ...watermark } = branch.watermark;
        for (const stated of [branch.watermark, { ...watermark, strategy: 'per-event' }]) {
          const added = this.add('assign-timestamps', { config: { time, watermark: stated }, engine: {} }, [input]);
          if (added !== null) return added;
        }
        return null;
      }
      case 'window': {
        const { choice } = branch;
        for (const simpler of [choice, { ...choice, aggregates: [] }, PLAIN_WINDOW]) {
          const added = this.add('window', windowSettings(simpler, input.type.schema, this.dialect), [input]);
          if (added !== null) return added;
        }
        return null;
      }
      case 'latest':
        return this.latest({ ...branch, shape: 'latest' }, input);
      case 'look-up':
        return this.lookUp({ ...branch, shape: 'look-up' }, input);
      case 'split': {
        const config = { predicate: predicateOn(at(fields, branch.column), branch.form) };
        return this.add('split', { config, engine: {} }, [input]);
      }
    }
  }

  /** What the dialect has of: updates held back, running aggregates, rows ranked by key. */
  private latest(branch: Branch & { readonly shape: 'latest' }, input: Output): Output | null {
    if (input.type.changes === 'upsert' && branch.form % 3 !== 0) {
      const added = this.add('suppress', { config: suppressions(branch.form), engine: {} }, [input]);
      if (added !== null) return added;
    }
    for (const { kind, ...settings } of latestSettings(branch, input.type)) {
      const added = this.add(kind, settings, [input]);
      if (added !== null) return added;
    }
    return null;
  }

  /** What a table of three rows knows of a column. */
  private lookUp({ column, form }: Branch & { readonly shape: 'look-up' }, input: Output): Output | null {
    const { fields } = input.type.schema;
    const texts = fields.filter(({ type }) => type.kind === 'STRING');
    if (texts.length === 0) return null;
    const rows = [
      ['a', 'first', 1],
      ['b', null, 2],
      ['', 'empty', null],
    ];
    const table = { columns: [{ name: 'key' }, { name: 'label' }, { name: 'size', type: 'INT' }], rows };
    const kind = form % 2 === 0 ? 'left' : 'inner';
    const config = { kind, table, leftKeys: [at(texts, column).name], rightKeys: ['key'] };
    return this.add('join.lookup', { config, engine: {} }, [input]);
  }

  /** Adds a node unless its definition, or the dialect, objects. Gives its results. */
  private add(
    kind: OperatorKind,
    { config, engine }: { readonly config: unknown; readonly engine: unknown },
    inputs: readonly Output[],
  ): Output | null {
    const definition = operatorDefinitions[kind] as unknown as NodeDefinition;
    const accepts = inputs.every(({ type }, i) => {
      const port = definition.inputs[i] ?? definition.inputs[0]!;
      return port.accepts.includes(type.changes) && (type.eventTime || !port.needsEventTime);
    });
    const needsTime = ['window', 'join.interval', 'join.window', 'suppress'].includes(kind);
    if (needsTime && !inputs.every(({ hasTime }) => hasTime)) return null;
    if (!accepts || !definition.dialects.includes(this.dialect.name)) return null;
    const bound = definition.bind({
      config: definition.config.parse(config),
      engine: definition.engine.parse(engine),
      inputs: inputs.map(({ type }) => type),
      dialect: this.dialect.name,
      timeDomain: this.timeDomain,
    });
    if (!bound.ok) return null;
    const id = `${kind.replace('.', '-')}-${this.nodes.length}`;
    this.nodes.push({ id, kind, config, engine, inputs: inputs.map(({ name }) => name) });
    for (const { name } of inputs) this.taken.add(name);
    const ports = Object.entries(bound.value.outputs) as [OutputPortName, StreamType][];
    const isUnbounded = kind === 'window' && ['count', 'global'].includes((config as { readonly kind: string }).kind);
    // A state that forgets rows may be asked to take them back.
    const forgets = kind === 'join.regular' && Object.keys(engine as object).length > 0;
    const hasTime = (kind === 'assign-timestamps' || inputs.every((input) => input.hasTime)) && !forgets;
    const outputs = ports.map(([port, type]): Output => {
      const name = outputName(id, port);
      return { name, port, type, hasTime: hasTime && !((isUnbounded || kind === 'aggregate') && port === 'out') };
    });
    this.outputs.push(...outputs);
    return outputs.find(({ port }) => port === 'out')!;
  }
}

function sameColumns(a: StreamType, b: StreamType): boolean {
  const { fields } = b.schema;
  return (
    a.schema.fields.length === fields.length &&
    a.schema.fields.every((field, i) => field.name === fields[i]!.name && sameType(field.type, fields[i]!.type))
  );
}

function predicateOn({ name, type }: Field, form: number): string {
  if (form % 4 === 3) return `${name} IS NOT NULL`;
  if (type.kind === 'STRING') return form % 2 === 0 ? `${name} = 'a' OR ${name} IS NULL` : `${name} > 'a'`;
  if (isNumeric(type)) return form % 4 === 0 ? `10 / ${name} > -4` : `${name} > ${form - 5}`;
  return `${name} IS NULL OR ${name} IS NOT NULL`;
}

function expressionOf({ name, type }: Field, form: number): string {
  if (type.kind === 'STRING') return form < 6 ? `COALESCE(${name}, 'none')` : name;
  if (!isNumeric(type)) return name;
  return form < 4 ? `${name} + 1` : form < 8 ? `CASE WHEN ${name} > 0 THEN ${name} END` : `10 / ${name}`;
}

function suppressions(form: number): unknown {
  if (form % 2 === 0) return { until: 'window-closes' };
  return { until: 'time-limit', limitMs: form, ...(form % 3 === 0 ? { maxRows: 2 } : {}) };
}
