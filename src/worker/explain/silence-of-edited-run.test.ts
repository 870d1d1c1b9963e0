import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { sessionPage } from '../../testing/session-page.ts';
import { Explainer } from './explainer.ts';
import type { Silence } from './silence-protocol.ts';

type Settings = Readonly<Record<string, unknown>>;
type Waits = Extract<Silence, { readonly kind: 'waits' }>;

const AT = 300;

function graph(source: Settings = {}, window: Settings = {}): PipelineDocument {
  const base = lateEvents.document;
  const nodes = base.nodes.map((node) => {
    if (node.type === 'source.generator') return { ...node, config: { ...node.config, events: 400, ...source } };
    return node.type === 'window' ? { ...node, config: { ...node.config, ...window } } : node;
  });
  return { ...base, run: { ...base.run, end: 'none' }, nodes };
}

const idOf = (type: string): string => graph().nodes.find((node) => node.type === type)?.id ?? '';
const [WINDOW, SOURCE] = [idOf('window'), idOf('source.generator')];

class Edited {
  private readonly page = sessionPage();
  private readonly explainer = new Explainer(
    { opened: () => this.page.session.opened, putIn: (entries) => this.page.session.putIn(entries) },
    () => performance.now(),
  );

  /** At an entry of the run, right after the edit that makes the graph another; what was done for it. */
  async open(first: PipelineDocument, edited: PipelineDocument): Promise<string> {
    const { session } = this.page;
    expect((await session.open({ run: 1, document: first, files: {} })).ok).toBe(true);
    await session.seek({ to: { by: 'seq', seq: AT }, plays: false });
    return (await session.edit({ document: edited, plays: false })).kind;
  }

  async waits(): Promise<Waits> {
    const silence = await this.explainer.explainSilence(WINDOW);
    if (silence.kind !== 'waits') throw new Error(`it waits, and does not say ${silence.kind}`);
    return silence;
  }

  async send(watermarkMs: number): Promise<void> {
    await this.explainer.nudge([{ kind: 'watermark', sourceId: SOURCE, partition: 0, watermarkMs }]);
  }

  get results(): number {
    const emitted = this.page.session.looks.ledger().nodes[WINDOW]?.emitted['out'] ?? {};
    return Object.values(emitted).reduce((sum, count) => sum + count, 0);
  }
}

const EDITS: readonly (readonly [string, PipelineDocument])[] = [
  ['a window of another size', graph({}, { sizeMs: 60_000 })],
  ['a longer delay', graph({ watermark: { delayMs: 20_000 } })],
  ['a shorter delay', graph({ watermark: { delayMs: 500 } })],
  ['more lateness', graph({}, { latenessMs: 30_000 })],
];

test.each(EDITS)('right after %s the window waits for what brings it out by then', async (_name, document) => {
  const run = new Edited();
  expect(await run.open(graph(), document)).toBe('made');
  const before = run.results;
  const { first } = await run.waits();
  if (first === null) throw new Error('a window that waits');
  await run.send(first.untilMs - 1);
  expect(run.results).toBe(before);
  await run.send(first.untilMs);
  expect(run.results).toBeGreaterThan(before);
});

test('a source that is given another partition is run from its start', async () => {
  const run = new Edited();
  const kind = await run.open(graph(), graph({ partitions: 2, idlePartitions: 1 }));
  expect(kind).toBe('reopen');
});
