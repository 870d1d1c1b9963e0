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

/** The choices of a window's parameter that a dialect's engine has; null where it has them all. */
export function choicesIn(
  dialect: DialectName,
  { type }: DocumentNode,
  path: readonly string[],
): readonly string[] | null {
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

/** What a dialect makes of delay and lateness together: `grace = delay 5s + lateness 2s = 7s`; null where it has no grace. */
export function graceText(dialect: DialectName, node: DocumentNode, streams: NodeStreams | undefined): string | null {
  const { graceMs, machine } = dialectNamed(dialect).windows;
  if (node.type !== 'window' || machine !== 'stores') return null;
  const config = nodeDefinitions.window.config.safeParse(node.config);
  if (!config.success) return null;
  const { latenessMs } = config.data as { readonly latenessMs: number };
  const delayMs = streams?.inputs[0]?.type?.delayMs ?? 0;
  const figures = `delay ${formatDuration(delayMs)} + lateness ${formatDuration(latenessMs)}`;
  return `grace = ${figures} = ${formatDuration(graceMs(delayMs, latenessMs))}`;
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
