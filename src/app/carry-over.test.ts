import { expect, test } from 'vitest';
import type { PipelineDocument } from '../pipeline/document.ts';
import { lateEvents } from '../pipeline/templates/late-events.ts';
import { sessionPage } from '../testing/session-page.ts';
import { Explainer } from '../worker/explain/explainer.ts';
import type { Nudge } from '../worker/explain-protocol.ts';
import { carriedWords } from './carried-words.ts';
import type { Carried } from './carry-over.ts';
import { carryOver } from './carry-over.ts';
import { RunJournal } from './run-journal.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

type Config = Readonly<Record<string, unknown>>;

function graph({ delayMs = 3_000, sizeMs = 10_000, ...source }: Config = {}, seed = 1): PipelineDocument {
  const base = lateEvents.document;
  return {
    ...base,
    run: { ...base.run, seed },
    nodes: base.nodes.map((node) => {
      if (node.type === 'window') return { ...node, config: { ...node.config, sizeMs } };
      if (node.type !== 'source.generator') return node;
      const watermark = { ...(node.config['watermark'] as Config), delayMs };
      return { ...node, config: { ...node.config, watermark, ...source } };
    }),
  };
}

const SOURCE = graph().nodes.find(({ type }) => type === 'source.generator')?.id ?? '';

/** A run in a session, and what was done to it by hand. */
class ByHand {
  readonly journal = new RunJournal();
  private readonly session = sessionPage().session;
  private readonly explainer = new Explainer(
    { opened: () => this.session.opened, putIn: (entries) => this.session.putIn(entries) },
    () => performance.now(),
  );

  static async of(document: PipelineDocument): Promise<ByHand> {
    const run = new ByHand();
    run.session.setSpeed({ kind: 'max' });
    expect((await run.session.open({ run: 1, document, files: {} })).ok).toBe(true);
    return run;
  }

  async put(seq: number, ...nudges: readonly Nudge[]): Promise<this> {
    await this.goTo(seq);
    await this.engine.nudge(nudges);
    return this;
  }

  async edit(seq: number, document: PipelineDocument): Promise<this> {
    await this.goTo(seq);
    const report = await this.session.edit({ document, plays: false });
    if (report.kind !== 'made') throw new Error(`an edit of the run: ${report.kind}`);
    this.journal.edited(report, document);
    return this;
  }

  async takeOver({ journal }: ByHand): Promise<Carried> {
    return carryOver(this.engine, journal.all, this.journal);
  }

  async ledgerAt(seq: number): Promise<unknown> {
    await this.goTo(seq);
    return this.session.looks.ledger();
  }

  async eventAt(seq: number): Promise<unknown> {
    const { event } = await this.explainer.effectsOf(seq);
    return event === null ? null : [event.tsMs, event.atMs, event.row];
  }

  private get engine() {
    const { session, explainer, journal } = this;
    return {
      seek: (request: Parameters<typeof session.seek>[0]) => session.seek(request),
      standing: () => {
        const run = session.opened?.run;
        return Promise.resolve({ seq: run?.seq ?? 0, processingTimeMs: run?.processingTimeMs ?? null });
      },
      nudge: async (nudges: readonly Nudge[]) => {
        const place = await explainer.nudge(nudges);
        if (place !== null) journal.nudged({ seq: place.seq, atMs: place.processingTimeMs }, nudges);
        return place;
      },
    };
  }

  private async goTo(seq: number): Promise<void> {
    expect(await this.session.seek({ to: { by: 'seq', seq }, plays: false })).toEqual({ kind: 'there', seq });
  }
}

function watermark(afterMs: number): Nudge {
  return { kind: 'watermark', sourceId: SOURCE, partition: 0, watermarkMs: START_MS + afterMs };
}

const IDLE: Nudge = { kind: 'idle', sourceId: SOURCE, partition: 0 };

test('what was put in by hand stands in front of the same events of the run that is begun anew', async () => {
  const before = await ByHand.of(graph());
  await before.put(400, watermark(20_000), IDLE);
  await before.edit(700, graph({ sizeMs: 20_000 }));
  await before.put(1_000, watermark(70_000));
  // Right behind the last one, and in front of all.
  await before.put(1_001, watermark(90_000));
  await before.put(0, watermark(-10_000));

  const tried = graph({ sizeMs: 20_000, delayMs: 9_000 });
  const anew = await ByHand.of(tried);
  const carried = await anew.takeOver(before);
  expect(carried).toMatchObject({ lost: [], edits: 1 });

  // The same, put in by someone who counts: the entry of the edit is not there.
  const counted = await ByHand.of(tried);
  await counted.put(0, watermark(-10_000));
  await counted.put(401, watermark(20_000), IDLE);
  await counted.put(1_000, watermark(70_000));
  await counted.put(1_001, watermark(90_000));
  const untouched = await ByHand.of(tried);
  for (const seq of [1, 401, 402, 403, 999, 1_000, 1_001, 1_002, 1_500, 2_500]) {
    expect(await anew.ledgerAt(seq), `at ${String(seq)}`).toEqual(await counted.ledgerAt(seq));
  }
  expect(await anew.ledgerAt(2_504)).not.toEqual(await untouched.ledgerAt(2_500));
  await before.ledgerAt(2_505);
  for (const seq of [1, 2, 400, 403, 404, 700, 702, 1_000, 1_003, 1_004, 2_000]) {
    const own = await before.eventAt(seq);
    expect(await anew.eventAt(carried.numberOf(seq)), `entry ${String(seq)}`).toEqual(own);
  }
});

test('what has no place in a log that is another one is told', async () => {
  const before = await ByHand.of(graph());
  await before.put(300, watermark(10_000), watermark(11_000));
  await before.put(500, IDLE, watermark(Infinity));
  const other = await ByHand.of(graph({}, 2));
  const carried = await other.takeOver(before);
  expect(carried.lost).toEqual([watermark(10_000), watermark(11_000), IDLE, watermark(Infinity)]);
  expect(other.journal.all).toEqual([]);
  expect(carriedWords(carried)).toBe(
    'Two watermarks sent by hand, one end of stream sent by hand and one partition marked idle are not in this run: ' +
      'its log is another up to there.',
  );
  const shorter = await ByHand.of(graph({ events: 400 }));
  expect((await shorter.takeOver(before)).lost).toEqual([IDLE, watermark(Infinity)]);
});

test('a partition that is no more takes nothing', async () => {
  const before = await ByHand.of(graph());
  await before.put(0, { ...IDLE, partition: 1 });
  expect(before.journal.all).toEqual([]);
});

test('one edit, and nothing lost, is one sentence; nothing at all is none', () => {
  expect(carriedWords({ lost: [], edits: 1 })).toBe('One edit made while it ran holds from its start on.');
  expect(carriedWords({ lost: [], edits: 0 })).toBe('');
  expect(carriedWords({ lost: [IDLE], edits: 12 })).toBe(
    'One partition marked idle is not in this run: its log is another up to there. ' +
      '12 edits made while it ran hold from its start on.',
  );
});
