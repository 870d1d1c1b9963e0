import type { StreamType } from '../stream/batch.ts';
import type { Binding, DialectName, NodeDefinition, OutputPortName, TimeDomain } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { DocumentNode, NodeKind } from './document.ts';
import { zodProblems } from './zod-problems.ts';

/**
 * A stream as far as it is known. `isWhole: false` after a fault upstream: columns may be missing from the type, and a
 * problem that only says so is not told again.
 */
export interface KnownStream {
  readonly type: StreamType;
  readonly isWhole: boolean;
}

export type OutputStreams = Readonly<Partial<Record<OutputPortName, KnownStream>>>;

/** What came of one node; `problems` have paths relative to it. */
export interface NodeBinding {
  /** Null unless the node can run as it stands. */
  readonly binding: Binding<unknown> | null;
  readonly outputs: OutputStreams;
  readonly problems: readonly Problem[];
}

export interface NodeSituation {
  readonly inputs: readonly KnownStream[];
  readonly dialect: DialectName;
  readonly timeDomain: TimeDomain;
}

type Definition = NodeDefinition<NodeKind>;

/** Nothing is known of the stream. Assumed to be what most nodes take, so that no second problem follows. */
export const UNKNOWN_STREAM: KnownStream = {
  type: { schema: { fields: [] }, changes: 'append', key: null, eventTime: true },
  isWhole: false,
};

const remembered = new WeakMap<DocumentNode, { readonly situation: NodeSituation; readonly result: NodeBinding }>();

/** Parses and binds a node. Remembers its last answer: an edit elsewhere costs nothing here. */
export function bindNode(node: DocumentNode, definition: Definition, situation: NodeSituation): NodeBinding {
  const last = remembered.get(node);
  if (last !== undefined && isSame(last.situation, situation)) return last.result;
  const result = bindAfresh(node, definition, situation);
  remembered.set(node, { situation, result });
  return result;
}

function isSame(a: NodeSituation, b: NodeSituation): boolean {
  return (
    a.dialect === b.dialect &&
    a.timeDomain === b.timeDomain &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((input, i) => input.type === b.inputs[i]?.type && input.isWhole === b.inputs[i].isWhole)
  );
}

function bindAfresh(node: DocumentNode, definition: Definition, situation: NodeSituation): NodeBinding {
  const config = definition.config.safeParse(node.config);
  const engine = definition.engine.safeParse(node.engine);
  const problems = [
    ...(config.success ? [] : zodProblems(config.error.issues, node.config, 'config')),
    ...(engine.success ? [] : zodProblems(engine.error.issues, node.engine, 'engine')),
  ];
  const isWhole = situation.inputs.every((input) => input.isWhole);
  if (!config.success) return { binding: null, outputs: guess(definition, situation), problems };

  const knobs = engine.success ? engine.data : definition.engine.parse({});
  const request = { ...situation, engine: knobs, inputs: situation.inputs.map((input) => input.type) };
  const bound = definition.bind({ ...request, config: config.data });
  problems.push(...bound.problems.filter((problem) => isWhole || !followsFromMissingColumns(problem)));
  if (bound.ok) {
    const outputs = streams(bound.value, isWhole);
    return { binding: engine.success && isWhole ? bound.value : null, outputs, problems };
  }
  const pruned = definition.config.safeParse(withoutFaulty(config.data, bound.problems));
  const second = pruned.success ? definition.bind({ ...request, config: pruned.data }) : bound;
  const outputs = second.ok ? streams(second.value, false) : guess(definition, situation);
  return { binding: null, outputs, problems };
}

const FROM_MISSING_COLUMNS = new Set([
  'unknown-column',
  'union-columns-differ',
  'wrong-type',
  'key-types-differ',
  'duplicate-column',
]);

function followsFromMissingColumns(problem: Problem): boolean {
  return FROM_MISSING_COLUMNS.has(problem.code);
}

function streams(binding: Binding<unknown>, isWhole: boolean): OutputStreams {
  const entries = Object.entries(binding.outputs).map(([port, type]) => [port, { type, isWhole }] as const);
  return Object.fromEntries(entries);
}

/** The output ports whose columns are those of an input whatever the configuration: a filter's, the late rows'. */
function guess(definition: Definition, { inputs, dialect, timeDomain }: NodeSituation): OutputStreams {
  const types = inputs.map((input) => input.type);
  const suggested = { config: definition.suggest(types), engine: definition.engine.parse({}) };
  const bound = definition.bind({ ...suggested, inputs: types, dialect, timeDomain });
  if (!bound.ok) return {};
  const passed = Object.entries(streams(bound.value, false)).filter(([, { type }]) =>
    types.some((input) => input.schema === type.schema),
  );
  return Object.fromEntries(passed);
}

/** The configuration without the list entries that problems name: `config.columns.2.expression` takes out one column. */
function withoutFaulty(config: unknown, problems: readonly Problem[]): unknown {
  if (typeof config !== 'object' || config === null) return config;
  const faulty = new Map<string, Set<number>>();
  for (const { path } of problems) {
    const [, name, index] = path.split('.');
    if (name === undefined || index === undefined || !/^\d+$/.test(index)) continue;
    faulty.set(name, (faulty.get(name) ?? new Set()).add(Number(index)));
  }
  const entries = Object.entries(config).map(([name, value]: [string, unknown]) => {
    const gone = faulty.get(name);
    return [name, gone !== undefined && Array.isArray(value) ? value.filter((_, i) => !gone.has(i)) : value] as const;
  });
  return Object.fromEntries(entries);
}
