import { dialectNamed } from '../operators/dialects/dialects.ts';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import { formatDuration } from '../stream/duration.ts';
import type { DialectName } from '../stream/node-definition.ts';
import type { NodeStreams } from '../pipeline/analyse.ts';
import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';

/** Whether windows go by a watermark that travels, or by the largest time among the rows that reached them. */
export function timeWordOf(dialect: DialectName): 'watermark' | 'stream time' {
  return dialectNamed(dialect).windows.machine === 'stores' ? 'stream time' : 'watermark';
}

/** The choices of a window's or join's parameter that a dialect's engine has; null where it has them all. */
export function choicesIn(
  dialect: DialectName,
  { type }: DocumentNode,
  path: readonly string[],
): readonly string[] | null {
  if (type.startsWith('join.')) return joinChoicesIn(dialect, type, path);
  if (type !== 'window') return null;
  const { kinds, emissions, accumulations, machine } = dialectNamed(dialect).windows;
  switch (path.join('.')) {
    case 'config.kind':
      return kinds;
    case 'config.emission':
      return emissions;
    case 'config.accumulation':
      return accumulations;
    case 'config.result':
      return machine === 'triggers' ? null : ['aggregates'];
    default:
      return null;
  }
}

function joinChoicesIn(dialect: DialectName, type: string, path: readonly string[]): readonly string[] | null {
  const { interval, window, temporal } = dialectNamed(dialect).joins;
  switch (`${type}.${path.join('.')}`) {
    case 'join.interval.config.kind':
      return interval.kinds;
    case 'join.window.config.kind':
      return window.kinds;
    case 'join.window.config.window':
      return window.windows;
    case 'join.temporal.config.asOf':
      return temporal.hasEventTime ? null : ['arrival'];
    default:
      return null;
  }
}

/** Whether a dialect's engine has what a parameter asks for, as far as its definition leaves that to the dialect's record. */
export function isOfferedParameter(dialect: DialectName, { type }: DocumentNode, path: readonly string[]): boolean {
  const { interval, window } = dialectNamed(dialect).joins;
  switch (`${type}.${path.join('.')}`) {
    case 'join.interval.config.nullSafeKeys':
      return interval.hasNullSafeKeys;
    case 'join.window.config.nullSafeKeys':
      return window.hasNullSafeKeys;
    default:
      return true;
  }
}

/** What Kafka makes of a window's figures. */
interface Grace {
  readonly delayMs: number;
  readonly latenessMs: number;
  readonly graceMs: number;
  /** How long a store keeps windows where the document does not say; null where silence loses nothing. */
  readonly retentionMs: number | null;
}

function graceOf(dialect: DialectName, node: DocumentNode, streams: NodeStreams | undefined): Grace | null {
  const { graceMs, machine } = dialectNamed(dialect).windows;
  if (node.type !== 'window' || machine !== 'stores') return null;
  const config = nodeDefinitions.window.config.safeParse(node.config);
  if (!config.success) return null;
  const window = config.data as WindowFigures;
  const delayMs = streams?.inputs[0]?.type?.delayMs ?? 0;
  const whole = graceMs(delayMs, window.latenessMs);
  const lengthMs = (window.kind === 'sliding' ? 2 : 1) * (window.sizeMs ?? 0);
  const loses = window.emission === 'on-close' && window.kind !== 'session';
  return { delayMs, latenessMs: window.latenessMs, graceMs: whole, retentionMs: loses ? lengthMs + whole : null };
}

interface WindowFigures {
  readonly kind: string;
  readonly emission: string;
  readonly sizeMs?: number;
  readonly latenessMs: number;
}

/** What the dialect makes of a parameter together with others, to be read beneath it; null where there is nothing to say. */
export function derivedText(
  dialect: DialectName,
  node: DocumentNode,
  { path, streams }: { readonly path: readonly string[]; readonly streams: NodeStreams | undefined },
): string | null {
  const name = path.join('.');
  if (name !== 'config.latenessMs' && name !== 'engine.retentionMs') return null;
  const grace = graceOf(dialect, node, streams);
  if (grace === null) return null;
  if (name === 'engine.retentionMs') {
    if (grace.retentionMs === null || node.engine['retentionMs'] !== undefined) return null;
    return `${formatDuration(grace.retentionMs)}: a longer silence loses the windows before it`;
  }
  const figures = `delay ${formatDuration(grace.delayMs)} + lateness ${formatDuration(grace.latenessMs)}`;
  return `grace = ${figures} = ${formatDuration(grace.graceMs)}`;
}

/** Why a window still holds rows when the run has ended, and what to do about it; null for other nodes. */
export function heldReason({ dialect, time, run }: PipelineDocument, node: DocumentNode): string | null {
  if (node.type !== 'window') return null;
  const { config, engine } = node;
  if (config['kind'] === 'count') return 'Windows of rows give nothing before they are full.';
  if (engine['trigger'] !== undefined) return 'The trigger has not fired for these rows.';
  if (time.domain === 'processing' && run.end !== 'drain') {
    return 'These windows wait for the clock, which stops with the last event. Choose Drain at the end of the graph’s run: it goes on until they are over.';
  }
  if (timeWordOf(dialect) === 'stream time') {
    return 'Only later events move stream time, and no window closes without it: at the end of the input nothing more happens, as in Kafka.';
  }
  if (run.end === 'none')
    return 'The run ends without the end of event time. Choose Flush at the end, and every window fires.';
  return null;
}

/** Whether the end belongs to the windows that a node's results stand for, as the nearest window upstream makes them. */
export function endsInclusive({ dialect, nodes, edges }: PipelineDocument, nodeId: string | null): boolean {
  if (timeWordOf(dialect) !== 'stream time') return false;
  const seen = new Set<string>();
  let at: string | undefined = nodeId ?? undefined;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const id: string = at;
    const node = nodes.find((candidate) => candidate.id === id);
    // SessionWindow, and the TimeWindow of KStreamSlidingWindowAggregate: both ends are times of records
    if (node?.type === 'window') return node.config['kind'] === 'session' || node.config['kind'] === 'sliding';
    at = edges.find(({ to }) => to.node === id)?.from.node;
  }
  return false;
}
