import type { z } from 'zod';
import type { StreamType } from './batch.ts';
import type { Problem, Result } from './problem.ts';
import type { Changes } from './row-kind.ts';

/**
 * What a kind of node is, without running it: parameters, ports, schema rule. One definition feeds validation, the
 * published JSON Schema, the inspector's form and the palette.
 */

export const DIALECTS = ['flink-datastream', 'flink-sql', 'kafka-streams', 'ksqldb', 'beam'] as const;
export type DialectName = (typeof DIALECTS)[number];

export type TimeDomain = 'event' | 'ingestion' | 'processing';

export type NodeGroup = 'sources' | 'transforms' | 'windows' | 'joins' | 'sinks';

export type InputPortName = 'in' | 'left' | 'right';
export type OutputPortName = 'out' | 'late' | 'rejected';

export interface InputPort {
  readonly name: InputPortName;
  readonly title: string;
  /** Whether more than one edge may end here; they are then taken in the document's order of edges. */
  readonly many: boolean;
  /** Streams of other change kinds are refused. */
  readonly accepts: readonly Changes[];
  /** Whether rows must carry an event time and the edge a watermark. */
  readonly needsEventTime: boolean;
}

export interface OutputPort {
  readonly name: OutputPortName;
  readonly title: string;
}

/** What `bind` is given: the streams that arrive, one a port, or one an edge at a port that takes many. */
export interface BindRequest<Config, Engine = unknown> {
  readonly config: Config;
  /** Knobs that only some engines have; defaults where the document's are faulty. */
  readonly engine: Engine;
  readonly inputs: readonly StreamType[];
  readonly dialect: DialectName;
  readonly timeDomain: TimeDomain;
}

/** What a node keeps without an end in sight. */
export interface StateGrowth {
  /** Whether every row adds to it, or only a row with a new key. */
  readonly by: 'rows' | 'keys';
  /** What it is, as it follows the word keeps: `every row of both inputs`. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A configured node whose columns and expressions are resolved. `bound` is what its kernel is made from. */
export interface Binding<Bound> {
  readonly outputs: Readonly<Partial<Record<OutputPortName, StreamType>>>;
  readonly bound: Bound;
}

/** What a kind of node looks like from outside: plain data, and light, since the page loads the faces of all kinds first. */
export interface NodeFace<Kind extends string = string> {
  readonly kind: Kind;
  readonly version: number;
  readonly title: string;
  readonly group: NodeGroup;
  /** Whether the node keeps rows or sums between two events. */
  readonly stateful: boolean;
  /** One sentence for the palette. */
  readonly summary: string;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly dialects: readonly DialectName[];
}

/**
 * `config` and `engine` are zod objects; every property carries `.meta({title, description, unit?, control?})`, see
 * `ParameterMeta`. Parsing fills defaults and never throws on a document's data.
 *
 * `bind` resolves columns, expressions and output streams. Problems are relative to the node: `path` begins with
 * `config.` or `engine.`, `nodeId` is null; the caller adds where the node stands.
 */
export interface NodeDefinition<
  Kind extends string = string,
  Config = unknown,
  Bound = unknown,
  Engine = unknown,
> extends NodeFace<Kind> {
  readonly config: z.ZodType<Config>;
  readonly engine: z.ZodType<Engine>;
  /** Whether the order of arrival, within the watermark's bound, may change the final results. */
  readonly orderSensitive: boolean;
  /** One line that tells the configuration, shown on the node: `tumbling 10 s · by user_id`. */
  readonly describe: (config: Config) => string;
  /** A useful configuration for a node that was just dropped, given what will flow in (empty when unconnected). */
  readonly suggest: (inputs: readonly StreamType[]) => Config;
  /**
   * Adds the figures that a choice in the configuration makes necessary and that nobody has entered yet; for editors, after
   * a choice was changed. Absent where no choice asks for any.
   */
  readonly fill?: (config: Config) => Config;
  readonly bind: (request: BindRequest<Config, Engine>) => Result<Binding<Bound>>;
  /**
   * What the node keeps for ever as it is configured; null where a window, a time to live or the engine's own way of life
   * bounds it. Absent for nodes that keep nothing for ever.
   */
  readonly grows?: (request: BindRequest<Config, Engine>) => StateGrowth | null;
}

/**
 * How the inspector edits a property, beside what its zod type says by itself (text, number, boolean, choice):
 * `duration` entered as `10s`, stored in whole ms · `expression` SQL · `column`, `columns` of the input (`input` names the
 * port, 'in' by default) · `column-sets` lists of columns · `aggregates`, `projections`, `fields` lists with an editor of
 * their own · `file` · `trigger` the tree of a window's trigger · `texts` texts by name · `order-by`
 * columns, each with its direction · `lags` earlier values of a column, each with a name · `steps`
 * those of a pattern · `table` a small table, columns and rows · `table-columns` columns of the property `table`.
 */
export type ParameterControl =
  | 'duration'
  | 'expression'
  | 'column'
  | 'columns'
  | 'column-sets'
  | 'aggregates'
  | 'projections'
  | 'fields'
  | 'file'
  | 'instant'
  | 'trigger'
  | 'texts'
  | 'order-by'
  | 'lags'
  | 'steps'
  | 'table'
  | 'table-columns';

/** Metadata of one property, given by zod's `.meta()` and so part of the published JSON Schema. */
export interface ParameterMeta {
  readonly title: string;
  readonly description: string;
  readonly unit?: 'ms' | 'events/s' | 'rows' | 'keys' | 'partitions' | 'bytes' | '%' | 'fraction';
  readonly control?: ParameterControl;
  readonly meaning?: ParameterMeaning;
  readonly input?: InputPortName;
  /** What a dialect's engine calls it, shown in the help text. */
  readonly engineNames?: Readonly<Partial<Record<DialectName, string>>>;
  /** Property is shown only while the property `name` of the same object, or else of `config`, has one of `values`. */
  readonly showWhen?: { readonly name: string; readonly values: readonly (string | number | boolean)[] };
  /** Of an item of a list: in view with the item, not behind More. */
  readonly standsFirst?: boolean;
  /** A group that is out of the way while all of it stands at its defaults. */
  readonly folded?: boolean;
  /** A number that is also set by a slider; `log`: each step by a factor, for durations from 1 ms on. */
  readonly slider?: { readonly min: number; readonly max: number; readonly step: number } | 'log';
  /** Property has a meaning only in these dialects; all where absent. */
  readonly dialects?: readonly DialectName[];
}

/**
 * What a figure brings about, shown beside it. `{}` stands for the figure: `closes at end + {}`. `{±}` for the figure with
 * its sign. `atZero` where nothing means something else.
 */
export interface ParameterMeaning {
  readonly text: string;
  readonly atZero?: string;
}

/** A problem of a node's own configuration; `path` as in `config.sizeMs`. */
export function configProblem(code: string, path: string, message: string, fix: string): Problem {
  return { code, severity: 'error', path, nodeId: null, message, fix };
}

/** Code of the problem of a source whose columns its data will tell once it is opened. */
export const NO_COLUMNS = 'no-columns';
