import type { StreamType } from '../stream/batch.ts';
import { nodeDefinitions } from './definitions.ts';
import type { NodeKind } from './document.ts';

export type Config = Readonly<Record<string, unknown>>;

/** The configuration of a node that was just made, for what will flow in; `preset` was chosen with it and stands. */
export function suggestedConfig(kind: NodeKind, inputs: readonly StreamType[], preset: Config): Config {
  const { suggest, fill } = nodeDefinitions[kind];
  const config = { ...(suggest(inputs) as Config), ...preset };
  return fill === undefined ? config : (fill(config) as Config);
}
