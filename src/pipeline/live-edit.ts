import type { StreamType } from '../stream/batch.ts';
import type { TimeDomain } from '../stream/node-definition.ts';
import { defined } from '../stream/assert.ts';
import { LIVE_PARAMETERS } from './live-parameters.ts';
import type { DocumentNode, NodeKind, PipelineDocument } from './document.ts';
import type { Plan, PlannedInput, PlannedNode } from './plan.ts';

/** A document and what became of it. */
export interface PlannedDocument {
  readonly document: Pick<PipelineDocument, 'nodes'>;
  readonly plan: Plan;
}

/**
 * Why a node does not go on as it is: it is new; other edges end at it; the columns that come in are others; a parameter was
 * changed; a node above it is rebuilt, by whose stream its state is made.
 */
export type ChangeReason = 'new' | 'edges' | 'columns' | 'settings' | 'above';

export interface NodeChange {
  readonly nodeId: string;
  readonly why: ChangeReason;
  /** Names of the parameters that were changed. */
  readonly parameters: readonly string[];
}

/** What of a run makes its log, and is no longer the same: such an edit begins another run. */
export type ReopenReason = 'dialect' | 'time-domain' | 'seed' | 'end' | 'sources' | 'clock';

/**
 * What an edit means for a run that stands in the middle of its log. Nodes that are not named are not touched. `fromHere`:
 * the edit counts for what comes, what was kept stays. `rebuilt`: state is made anew, as if the node had been so from the
 * first entry on, by what the nodes above have handed on.
 */
export interface LiveEdit {
  readonly fromHere: readonly NodeChange[];
  readonly rebuilt: readonly NodeChange[];
  /** With a reason, the edit cannot be made to this run at all. */
  readonly reopen: ReopenReason | null;
}

export const NO_EDIT: LiveEdit = { fromHere: [], rebuilt: [], reopen: null };

/** Kinds that keep nothing of rows that are only ever added. */
const STATELESS: ReadonlySet<string> = new Set(['filter', 'map', 'split', 'flat-map', 'union']);

/** What becomes of the run of `before` when its document is `after` from now on. */
export function liveEdit(before: PlannedDocument, after: PlannedDocument): LiveEdit {
  const reopen = reopenReason(before, after);
  return reopen === null ? new Comparison(before, after).result() : { ...NO_EDIT, reopen };
}

function reopenReason(before: PlannedDocument, after: PlannedDocument): ReopenReason | null {
  const [then, now] = [before.plan, after.plan];
  if (then.dialect.name !== now.dialect.name) return 'dialect';
  if (then.timeDomain !== now.timeDomain) return 'time-domain';
  if (then.seed !== now.seed) return 'seed';
  if (then.end !== now.end) return 'end';
  if (then.sources.length !== now.sources.length) return 'sources';
  const isAlike = then.sources.every((place, s) => {
    const old = nodeOf(before.document, defined(then.nodes[place], 'source').id);
    const own = nodeOf(after.document, defined(now.nodes[defined(now.sources[s], 'place')], 'source').id);
    if (old.id !== own.id || old.type !== own.type) return false;
    return (
      changedParameters(old, own).every((name) => LIVE_PARAMETERS[own.type][name] === 'here') && keepsTimers(old, own)
    );
  });
  return isAlike ? null : 'sources';
}

class Comparison {
  private readonly before: PlannedDocument;
  private readonly after: PlannedDocument;
  private readonly fromHere: NodeChange[] = [];
  private readonly rebuilt: NodeChange[] = [];
  private readonly rebuiltIds = new Set<string>();

  constructor(before: PlannedDocument, after: PlannedDocument) {
    this.before = before;
    this.after = after;
  }

  result(): LiveEdit {
    const then = new Map(this.before.plan.nodes.map((node) => [node.id, node]));
    for (const node of this.after.plan.nodes) {
      const old = then.get(node.id);
      if (node.kind === 'sink') this.judgeSink(node, old);
      else this.judge(node, old);
    }
    const { fromHere, rebuilt } = this;
    return { fromHere, rebuilt, reopen: null };
  }

  /** A sink keeps nothing: one that is new, or hangs elsewhere, sees what comes. */
  private judgeSink(node: PlannedNode, old: PlannedNode | undefined): void {
    const isSame = old?.kind === node.kind && this.hasSameEdges(node, old);
    if (!isSame) this.goOn(node, old?.kind === node.kind ? 'edges' : 'new', []);
    else if (this.hasRebuiltInput(node)) this.rebuild(node, 'above', []);
    else if (!this.hasSameColumns(node, old)) this.goOn(node, 'columns', []);
  }

  private judge(node: PlannedNode, old: PlannedNode | undefined): void {
    if (old?.kind !== node.kind) return this.rebuild(node, 'new', []);
    if (!this.hasSameEdges(node, old)) return this.rebuild(node, 'edges', []);
    const [was, is] = [nodeOf(this.before.document, node.id), nodeOf(this.after.document, node.id)];
    const parameters = changedParameters(was, is);
    const isStateless = STATELESS.has(node.kind) && [...node.inputs, ...old.inputs].every(isAppend);
    const counts = parameters.filter((name) => LIVE_PARAMETERS[node.kind][name] !== 'view');
    const isFixed = isForgottenByTimer(node, this.after.plan);
    if (!isStateless && !counts.every((name) => this.goesOn(name, was, is, isFixed))) {
      return this.rebuild(node, 'settings', parameters);
    }
    if (this.hasRebuiltInput(node)) return this.rebuild(node, 'above', parameters);
    const isOther = !this.hasSameColumns(node, old);
    if (isOther && !isStateless) return this.rebuild(node, 'columns', parameters);
    if (!isStateless && !areAlike(columnsOf(node), columnsOf(old))) return this.rebuild(node, 'settings', parameters);
    if (counts.length > 0) this.goOn(node, 'settings', parameters);
    else if (isOther) this.goOn(node, 'columns', parameters);
  }

  /** Whether state is kept where a parameter that is not of a stateless node was changed. */
  private goesOn(name: string, was: DocumentNode, is: DocumentNode, isFixed: boolean): boolean {
    const rule = LIVE_PARAMETERS[is.type][name];
    if (rule === 'here') return keepsTimers(was, is);
    if (rule !== 'larger' || isFixed) return false;
    const [old, own] = [valueOf(was, name), valueOf(is, name)];
    return typeof old === 'number' && typeof own === 'number' && old > 0 && own > old;
  }

  private hasSameEdges(node: PlannedNode, old: PlannedNode): boolean {
    const edges = ({ nodes }: Plan, { inputs }: PlannedNode): readonly string[] =>
      inputs.map(({ port, fromNode, fromPort }) => `${nodes[fromNode]?.id ?? ''}:${fromPort}->${port}`);
    return areAlike(edges(this.after.plan, node), edges(this.before.plan, old));
  }

  private hasSameColumns(node: PlannedNode, old: PlannedNode): boolean {
    const types = (plan: Plan, { inputs }: PlannedNode): readonly unknown[] =>
      inputs.map(({ type }) => asSeenBy(node.kind, type, plan));
    return areAlike(types(this.after.plan, node), types(this.before.plan, old));
  }

  private hasRebuiltInput({ inputs }: PlannedNode): boolean {
    return inputs.some(({ fromNode }) => this.rebuiltIds.has(this.after.plan.nodes[fromNode]?.id ?? ''));
  }

  private goOn({ id }: PlannedNode, why: ChangeReason, parameters: readonly string[]): void {
    this.fromHere.push({ nodeId: id, why, parameters });
  }

  private rebuild({ id }: PlannedNode, why: ChangeReason, parameters: readonly string[]): void {
    this.rebuilt.push({ nodeId: id, why, parameters });
    this.rebuiltIds.add(id);
  }
}

function isAppend({ type }: PlannedInput): boolean {
  return type.changes === 'append';
}

/** Fields of a window's bound that say how it is kept. */
interface WindowFigures {
  readonly kind: string;
  readonly result: string;
  readonly changes: string;
  readonly timeDomain: TimeDomain;
  readonly trigger: { readonly on: string };
}

const ON_GRID: ReadonlySet<string> = new Set(['tumbling', 'hopping', 'cumulate']);

/**
 * Whether a timer that was set when a row came says when a window is forgotten: windows of Flink and Beam that are not on a
 * grid, or have a trigger of their own. A longer lateness would not reach what is kept.
 */
function isForgottenByTimer({ kind, bound }: PlannedNode, { dialect }: Plan): boolean {
  if (kind !== 'window' || dialect.windows.machine === 'stores') return false;
  const { result, changes, timeDomain, trigger, kind: windows } = bound as WindowFigures;
  const isPlain = result === 'aggregates' && changes === 'append' && timeDomain !== 'processing';
  return !isPlain || !ON_GRID.has(windows) || trigger.on !== 'event-time' || dialect.windows.machine !== 'triggers';
}

/** What an operator is made for, of a stream that comes in. Dialects that go by stream time ask for the delay upstream. */
function asSeenBy(kind: NodeKind, { delayMs, windowed, ...rest }: StreamType, { dialect }: Plan): unknown {
  const bounds = windowed === undefined ? null : [windowed.startColumn, windowed.endColumn, windowed.isMerging];
  const closesAfterMs = kind === 'suppress' ? windowed?.closesAfterMs : 0;
  return [rest, bounds, closesAfterMs, dialect.windows.machine === 'stores' ? delayMs : 0];
}

/** Without the figures that say how long something is waited for: whoever asks for them is judged by what comes in. */
export function columnsOf({ outputs }: PlannedNode): unknown {
  return Object.entries(outputs).map(([port, { delayMs: _delay, windowed: _windowed, ...rest }]) => [port, rest]);
}

/** Names of parameters, of both groups, that do not say the same. */
export function changedParameters(was: DocumentNode, is: DocumentNode): readonly string[] {
  if (was === is) return [];
  const names = new Set([was, is].flatMap(({ config, engine }) => [...Object.keys(config), ...Object.keys(engine)]));
  return [...names].filter((name) => !areAlike(valueOf(was, name), valueOf(is, name)));
}

function valueOf({ config, engine }: DocumentNode, name: string): unknown {
  if (Object.hasOwn(config, name)) return config[name];
  return Object.hasOwn(engine, name) ? engine[name] : undefined;
}

interface Watermarked {
  readonly watermark?: { readonly idleMs?: number; readonly strategy?: string };
}

/** Whether a node states watermarks by the same clock as before: only then do they go on from what was kept. */
function keepsTimers(was: DocumentNode, is: DocumentNode): boolean {
  const [old, own] = [was, is].map(({ config }) => (config as Watermarked).watermark ?? {});
  const isTimed = ({ strategy }: NonNullable<Watermarked['watermark']> = {}): boolean => strategy === 'periodic';
  return (old?.idleMs ?? 0) > 0 === (own?.idleMs ?? 0) > 0 && isTimed(old) === isTimed(own);
}

/** Plain data; what was not edited is the same object. */
function areAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function nodeOf({ nodes }: PlannedDocument['document'], id: string): DocumentNode {
  return defined(
    nodes.find((node) => node.id === id),
    'node',
  );
}
