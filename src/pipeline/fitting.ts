import type { InputPort, InputPortName } from '../stream/node-definition.ts';
import { analyse } from './analyse.ts';
import type { KnownStream } from './bind-node.ts';
import { UNKNOWN_STREAM } from './bind-node.ts';
import type { InputEnd, OutputEnd } from './connect.ts';
import { nodeDefinitions } from './definitions.ts';
import type { NodeKind, PipelineDocument } from './document.ts';
import type { Refusal } from './stream-problems.ts';
import { whyRefused } from './stream-problems.ts';
import type { Config } from './suggested-config.ts';
import { suggestedConfig } from './suggested-config.ts';

/** Where a new node is to stand: behind an output, before an input, between the two, or free. */
export interface Gap {
  readonly from: OutputEnd | null;
  readonly to: InputEnd | null;
}

/** A node that somebody thinks of adding. */
export interface Candidate {
  readonly kind: NodeKind;
  /** Chosen with it, such as the kind of a window. */
  readonly preset: Config;
}

export type Fit =
  /** `input` is the port for what arrives; null where nothing does. */
  | { readonly fits: true; readonly input: InputPortName | null }
  /** Takes or makes rows, but not these; the reason is one sentence. */
  | { readonly fits: false; readonly reason: string }
  /** Nothing could make it fit: a source behind an output, a sink before an input. */
  | null;

/** Whether a node fits into a gap, by what is known of the streams there. Of the gap's own edge nothing is asked. */
export function fitOf(document: PipelineDocument, { from, to }: Gap, candidate: Candidate): Fit {
  const { kind } = candidate;
  const { inputs, outputs, dialects } = nodeDefinitions[kind];
  if (!dialects.includes(document.dialect)) return null;
  if (from !== null && inputs.length === 0) return null;
  if (to !== null && !outputs.some(({ name }) => name === 'out')) return null;
  const stream = from === null ? undefined : streamAt(document, from);
  const port = from === null ? undefined : inputs.find((each) => refusal(document, each, stream) === null);
  if (from !== null && port === undefined) return { fits: false, reason: whyNoInput(document, inputs, stream) };
  const refused = to === null ? null : whyNoOutput(document, { candidate, to, port, stream });
  return refused === null ? { fits: true, input: port?.name ?? null } : { fits: false, reason: refused };
}

function streamAt(document: PipelineDocument, { node, port }: OutputEnd): KnownStream | undefined {
  const { graph, nodes } = analyse(document);
  return nodes[graph.indexOf.get(node) ?? -1]?.outputs[port];
}

function refusal(document: PipelineDocument, port: InputPort, stream: KnownStream | undefined): Refusal | null {
  return stream === undefined ? null : whyRefused(port, stream.type, document);
}

function whyNoInput(document: PipelineDocument, inputs: readonly InputPort[], stream: KnownStream | undefined): string {
  const [first] = inputs.flatMap((port) => refusal(document, port, stream) ?? []);
  return sentence(first?.message ?? 'takes none of these rows.');
}

interface Outlet {
  readonly candidate: Candidate;
  readonly to: InputEnd;
  readonly port: InputPort | undefined;
  readonly stream: KnownStream | undefined;
}

/** Why what the node would give out is not taken; null while it is not known. */
function whyNoOutput(document: PipelineDocument, { candidate, to, port, stream }: Outlet): string | null {
  const { graph, nodes } = analyse(document);
  const target = nodes[graph.indexOf.get(to.node) ?? -1]?.definition?.inputs.find(({ name }) => name === to.port);
  if (target === undefined) return 'There is no such input.';
  const { kind, preset } = candidate;
  const { inputs, engine, bind } = nodeDefinitions[kind];
  const types = inputs.map((each) => (each === port ? (stream ?? UNKNOWN_STREAM) : UNKNOWN_STREAM).type);
  const bound = bind({
    config: suggestedConfig(kind, types, preset),
    engine: engine.parse({}),
    inputs: types,
    dialect: document.dialect,
    timeDomain: document.time.domain,
  });
  const type = bound.ok ? bound.value.outputs.out : undefined;
  const refused = type === undefined ? null : whyRefused(target, type, document);
  return refused === null ? null : `The next input ${refused.message}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
