import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { ResultRecord } from '../engine/result-records.ts';
import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import type { Template } from '../pipeline/templates/template.ts';
import { FramePort } from '../worker/frame-port.ts';
import type { Frame, LedgerReport } from '../worker/protocol.ts';
import { Session } from '../worker/session.ts';

/** As many events as give no more results than are kept. */
export const EVENTS = 190;

export interface Told {
  readonly ledger: LedgerReport;
  readonly results: (sink: string) => readonly ResultRecord[];
}

/** Runs a document to its end; `source` changes the configuration of its generators. */
export async function run(document: PipelineDocument, source: DocumentNode['config'] = {}): Promise<Told> {
  const session = new Session(() => performance.now());
  const ended = new Promise<void>((resolve) => {
    const channel = {
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage: (frame: Frame) => {
        if (frame.status.kind === 'ended') resolve();
        setTimeout(() => channel.onmessage?.({ data: { credit: 1 } } as MessageEvent));
      },
    };
    session.frames.connect(new FramePort(channel, () => session.frames.credited()));
  });
  session.setSpeed({ kind: 'max' });
  const nodes = document.nodes.map((node) =>
    node.type === 'source.generator' ? { ...node, config: { ...node.config, events: EVENTS, ...source } } : node,
  );
  expect(await session.open({ run: 1, document: { ...document, nodes }, files: filesOf(document) })).toEqual({
    ok: true,
    problems: [],
  });
  session.play();
  await ended;
  return { ledger: session.looks.ledger(), results: (sink) => session.looks.results(sink, 200) };
}

/** The ledger when as many events have come, one by one, as a template shows in so many seconds at its own speed. */
export async function watch({ document, speed }: Template, seconds: number): Promise<LedgerReport> {
  const session = new Session(() => 0);
  await session.open({ run: 1, document, files: filesOf(document) });
  const sources = document.nodes.filter(({ type }) => type.startsWith('source.'));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const rate = sum(sources.map(({ config }) => Number(config['rateEventsPerSec'])));
  const wanted = seconds * (speed.kind === 'events' ? speed.perSec : speed.factor * rate);
  const came = (): number => sum(sources.map(({ id }) => session.looks.ledger().nodes[id]?.in ?? 0));
  while (came() < wanted) await session.step();
  return session.looks.ledger();
}

/** The sample files that its sources name. */
function filesOf({ nodes }: PipelineDocument): Readonly<Record<string, File>> {
  const data = 'node_modules/vega-datasets/data';
  return Object.fromEntries(
    nodes.flatMap(({ id, config }) => {
      const name = config['fileName'];
      return typeof name === 'string' ? [[id, new File([readFileSync(`${data}/${name}`)], name)]] : [];
    }),
  );
}
