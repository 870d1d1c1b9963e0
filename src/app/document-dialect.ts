import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { DialectName } from '../stream/node-definition.ts';
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
