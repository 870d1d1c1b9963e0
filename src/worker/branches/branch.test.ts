import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockHorizonOf } from '../../engine/clock-need.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { panes } from '../../pipeline/templates/panes.ts';
import { sessions } from '../../pipeline/templates/sessions.ts';
import type { Config } from '../../testing/branch-run.ts';
import { changed, compare, opened, plainRun } from '../../testing/branch-run.ts';

const TRIALS = Number(process.env['BRANCH_RUNS'] ?? 20);

function clockOf(document: PipelineDocument): number | null {
  const planned = makePlan(document);
  return planned.ok ? clockHorizonOf(planned.value) : null;
}

function minus(lines: readonly string[], others: readonly string[]): number {
  const left = [...others];
  let more = 0;
  for (const line of lines) {
    const at = left.indexOf(line);
    if (at < 0) more++;
    else left.splice(at, 1);
  }
  return more;
}

const templates = fc.constantFrom(lateEvents, sessions, panes, clicksToPurchases);
const trial = fc.record({
  template: templates,
  events: fc.integer({ min: 1, max: 250 }),
  seed: fc.nat({ max: 1_000 }),
  latenessMs: fc.constantFrom(0, 500, 20_000),
  sizeMs: fc.constantFrom(2_000, 10_000, 30_000),
  delayMs: fc.constantFrom(null, 0, 4_000, 30_000),
  idleness: fc.constantFrom(null, 3_000),
  places: fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 4 }),
});

type Trial = typeof trial extends fc.Arbitrary<infer T> ? T : never;

function documents({ template, events, seed, ...to }: Trial): readonly [PipelineDocument, PipelineDocument] {
  const short = changed(template.document, (kind, config) =>
    kind === 'source.generator' ? { ...config, events } : config,
  );
  const own = { ...short, run: { ...short.run, seed } };
  const branch = changed(own, (kind, config) => {
    if (kind === 'window') {
      const { latenessMs, sizeMs } = to;
      return { ...config, latenessMs, ...('sizeMs' in config ? { sizeMs } : {}) };
    }
    if (kind !== 'source.generator' || to.delayMs === null) return config;
    const watermark = config['watermark'] as Config;
    const idle = to.idleness === null ? {} : { idleMs: to.idleness };
    return { ...config, watermark: { ...watermark, delayMs: to.delayMs, ...idle } };
  });
  return [own, branch];
}

async function check(
  chosen: Trial,
  fault: (document: PipelineDocument) => PipelineDocument = (same) => same,
): Promise<void> {
  const [own, other] = documents(chosen);
  const { session, desk } = await opened(own);
  expect(await desk.openBranch({ id: 'b', document: fault(other), fromSeq: null })).toEqual({
    kind: 'open',
  });
  for (const place of [...chosen.places, 1e9]) {
    await session.seek({ to: { by: 'seq', seq: place }, plays: false });
    const { run } = session.opened!;
    const { seq, isAtEnd } = run;
    const told = await compare(desk);
    expect(told.seq).toBe(seq);
    const plain = await plainRun(own, { entries: seq });
    const { events, untilMs } = plain;
    const isOtherClock = clockOf(own) !== clockOf(other);
    const edited = await plainRun(other, isAtEnd ? {} : isOtherClock ? { events, untilMs } : { entries: seq });
    for (const node of told.nodes) {
      expect(node.ledger[0]).toEqual(plain.ledger.get(node.nodeId));
      expect(node.ledger[1]).toEqual(edited.ledger.get(node.nodeId));
      const [a, b] = [plain, edited].map((side) => side.results.get(node.nodeId) ?? []) as [string[], string[]];
      const kind = own.nodes.find(({ id }) => id === node.nodeId)!.type;
      if (kind !== 'window' && kind !== 'join.interval') continue;
      if ([...a, ...b].some((line) => !line.startsWith('["+I"'))) continue;
      expect([node.onlyRun + node.different, node.onlyBranch + node.different]).toEqual([minus(a, b), minus(b, a)]);
      if (node.isAffected) expect(node.results).toEqual([a.length, b.length]);
    }
  }
}

function changedLateness(document: PipelineDocument): PipelineDocument {
  return changed(document, (kind, config) => (kind === 'window' ? { ...config, latenessMs: 7_000 } : config));
}

type Fault = (document: PipelineDocument) => PipelineDocument;

/** Holds a branch that leaves the run at an entry against a run that is edited there; false where no run goes on so. */
async function checkFromHere(chosen: Trial, fault: Fault = (same) => same): Promise<boolean> {
  const [own, other] = documents(chosen);
  const fromSeq = chosen.places[0]!;
  const { session, desk } = await opened(own);
  const opening = await desk.openBranch({ id: 'b', document: fault(other), fromSeq });
  const { session: edited } = await opened(own);
  await edited.seek({ to: { by: 'seq', seq: fromSeq }, plays: false });
  if (edited.opened!.run.seq !== fromSeq) return false;
  const report = await edited.edit({ document: other, plays: false });
  expect(opening.kind === 'open').toBe(report.kind === 'made');
  if (report.kind !== 'made') return false;
  for (const place of [...chosen.places, fromSeq + 1, 1e9]) {
    await session.seek({ to: { by: 'seq', seq: place }, plays: false });
    const { seq, isAtEnd } = session.opened!.run;
    const told = await compare(desk);
    // The entry that is the edit counts there.
    const same = seq > fromSeq ? seq + 1 : seq;
    await edited.seek({ to: { by: 'seq', seq: isAtEnd && seq > fromSeq ? 1e9 : same }, plays: false });
    const { nodes } = edited.looks.ledger();
    for (const { nodeId, ledger, results, isAffected } of told.nodes) {
      expect(ledger[1]).toEqual(nodes[nodeId]);
      const emitted: Readonly<Record<string, number>> = ledger[1]!.emitted['out'] ?? {};
      const isAppend = Object.entries(emitted).every(([op, count]) => op === '+I' || count === 0);
      const kind = own.nodes.find(({ id }) => id === nodeId)!.type;
      if (isAffected && isAppend && kind === 'window') expect(results[1]).toBe(emitted['+I'] ?? 0);
    }
  }
  return true;
}

describe('a branch', () => {
  test('is a run of its document over the same events, wherever the run stands', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(trial, (chosen) => check(chosen)),
      { numRuns: TRIALS, seed: 20261 },
    );
  });

  test('that has other settings than it says is found', async () => {
    const property = fc.asyncProperty(trial, (chosen) => check(chosen, changedLateness));
    await expect(fc.assert(property, { numRuns: 30, seed: 20261 })).rejects.toThrow();
  });

  test('that leaves the run at an entry is the run that is edited there', { timeout: 600_000 }, async () => {
    let compared = 0;
    const property = fc.asyncProperty(trial, async (chosen) => {
      if (await checkFromHere(chosen)) compared++;
    });
    await fc.assert(property, { numRuns: TRIALS, seed: 20262 });
    expect(compared).toBeGreaterThan(TRIALS / 3);
    const planted = fc.asyncProperty(trial, async (chosen) => void (await checkFromHere(chosen, changedLateness)));
    await expect(fc.assert(planted, { numRuns: 30, seed: 20262 })).rejects.toThrow();
  });

  test('of a run that was edited has the run as it went, edits and all', async () => {
    const longer = changed(lateEvents.document, (kind, config) =>
      kind === 'window' ? { ...config, latenessMs: 20_000 } : config,
    );
    const { session, desk } = await opened(lateEvents.document);
    await session.seek({ to: { by: 'seq', seq: 2_000 }, plays: false });
    await session.edit({ document: longer, plays: false });
    await session.seek({ to: { by: 'seq', seq: 6_000 }, plays: false });
    expect(await desk.openBranch({ id: 'b', document: longer, fromSeq: null })).toEqual({ kind: 'open' });
    const told = await compare(desk);
    const plain = await opened(longer);
    await plain.session.seek({ to: { by: 'seq', seq: 5_999 }, plays: false });
    for (const { nodeId, ledger } of told.nodes) {
      expect(ledger[0]).toEqual(session.looks.ledger().nodes[nodeId]);
      expect(ledger[1]).toEqual(plain.session.looks.ledger().nodes[nodeId]);
    }
    const late = told.nodes.find(({ nodeId }) => nodeId === 'counts')!.ledger.map((ledger) => ledger!.late);
    expect(late[0]).toBeGreaterThan(late[1]!);
  });

  test('is drawn by what a run of its document shows by itself', async () => {
    const { session, desk } = await opened(clicksToPurchases.document);
    await session.seek({ to: { by: 'seq', seq: 6_000 }, plays: false });
    const document = changed(clicksToPurchases.document, (kind, config) =>
      kind === 'source.generator'
        ? { ...config, watermark: { ...(config['watermark'] as Config), delayMs: 12_000 } }
        : config,
    );
    expect(await desk.openBranch({ id: 'b', document, fromSeq: null })).toEqual({ kind: 'open' });
    const told = await compare(desk);
    const plain = await opened(document);
    await plain.session.seek({ to: { by: 'seq', seq: 6_000 }, plays: false });
    const sides = [session, plain.session].map((each) => each.opened!.run);
    const nodeId = told.node!.nodeId;
    expect(told.isSameLog).toBe(true);
    sides.forEach(({ feeds, plan }, side) => {
      const index = plan.nodes.findIndex(({ id }) => id === nodeId);
      expect(told.node!.windows[side]).toEqual(feeds.nodes[index]!.resultChart(null));
      expect(told.node!.drops[side]).toEqual(feeds.nodes[index]!.drops.chart());
      expect(told.node!.clocks[side]!.whole.watermarkMs.at(-1)).toBe(feeds.nodes[index]!.watermark);
    });
    const [here, there] = told.node!.clocks.map((clocks) => clocks!.whole.watermarkMs.at(-1)!);
    expect(there).toBeLessThan(here!);
  });

  test('of other events is refused, with what to do', async () => {
    const { desk } = await opened(lateEvents.document);
    const document = changed(lateEvents.document, (kind, config) =>
      kind === 'source.generator' ? { ...config, keys: 3 } : config,
    );
    const answer = await desk.openBranch({ id: 'b', document, fromSeq: null });
    expect(answer).toMatchObject({ kind: 'refused', problems: [{ code: 'other-events', nodeId: 'events' }] });
  });

  test('that is asked again while it is under way answers the newest question alone', async () => {
    const { session, desk } = await opened(lateEvents.document);
    await session.seek({ to: { by: 'seq', seq: 6_000 }, plays: false });
    const document = changed(lateEvents.document, (kind, config) =>
      kind === 'window' ? { ...config, latenessMs: 20_000 } : config,
    );
    await desk.openBranch({ id: 'b', document, fromSeq: null });
    const question = { id: 'b', nodeId: null, column: null };
    const [first, second] = await Promise.all([desk.compareBranch(question), desk.compareBranch(question)]);
    expect([first.kind, second.kind]).toEqual(['given-up', 'compared']);
    desk.closeBranch('b');
    expect(await desk.compareBranch(question)).toEqual({ kind: 'unknown' });
  });

  test('tells of each difference what both have and where it came from', async () => {
    const { session, desk } = await opened(lateEvents.document);
    await session.seek({ to: { by: 'seq', seq: 1e9 }, plays: false });
    const document = changed(lateEvents.document, (kind, config) =>
      kind === 'window' ? { ...config, latenessMs: 20_000 } : config,
    );
    await desk.openBranch({ id: 'b', document, fromSeq: null });
    const told = await compare(desk, 'counts');
    const counts = told.nodes.find(({ nodeId }) => nodeId === 'counts')!;
    const [run, branch] = counts.ledger.map((ledger) => ledger!.late);
    expect(run).toBeGreaterThan(branch!);
    expect(counts.droppedOnlyRun).toBe(run! - branch!);
    expect(told.node?.differences.filter(({ kind }) => kind === 'dropped-only-run')).toHaveLength(
      Math.min(200, counts.droppedOnlyRun),
    );
    expect(told.node?.drops[0]?.windowCounts.length).toBeGreaterThan(0);
    expect(counts.latency[0]?.by).toBe('window-end');
    expect(told.limit).toBeNull();
  });
});
