import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { NodeStreams } from '../pipeline/analyse.ts';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import type { DocumentNode } from '../pipeline/document.ts';
import { generatorDefinition } from '../sources/generator/definition.ts';
import { durationText } from '../stream/duration.ts';
import type { DialectName } from '../stream/node-definition.ts';

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

/** What a figure in percent of the rate is in events a second. */
function rateText({ config }: DocumentNode, name: string): string | null {
  const figure = /^config\.profile\.(fromPercent|toPercent|burstPercent)$/.exec(name)?.[1];
  const generator = generatorDefinition.config.safeParse(config);
  if (figure === undefined || !generator.success) return null;
  const { rateEventsPerSec, profile } = generator.data;
  const percent = profile[figure as 'fromPercent' | 'toPercent' | 'burstPercent'];
  return `= ${String(Number(((rateEventsPerSec * percent) / 100).toPrecision(3)))} events/s`;
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
  if (node.type === 'source.generator') return rateText(node, name);
  if (name !== 'config.latenessMs' && name !== 'engine.retentionMs') return null;
  const grace = graceOf(dialect, node, streams);
  if (grace === null) return null;
  if (name === 'engine.retentionMs') {
    if (grace.retentionMs === null || node.engine['retentionMs'] !== undefined) return null;
    return `${durationText(grace.retentionMs)}: a longer silence loses the windows before it`;
  }
  const figures = `delay ${durationText(grace.delayMs)} + lateness ${durationText(grace.latenessMs)}`;
  return `grace = ${figures} = ${durationText(grace.graceMs)}`;
}
