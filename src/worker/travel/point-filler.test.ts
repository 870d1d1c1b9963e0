import { expect, test } from 'vitest';
import { oneWindow } from '../../pipeline/templates/one-window.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import { ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import { runPicture } from '../../testing/run-picture.ts';
import { openLog } from '../open-run.ts';
import { Pacing } from '../pacing.ts';
import { Run } from '../run.ts';
import { PointFiller } from './point-filler.ts';

/** Each look at the clock is so much later than the one before. */
function ticking(ms: number): () => number {
  let nowMs = 0;
  return () => (nowMs += ms);
}

function opened(clock = ticking(5)): Run {
  const planned = makePlan(oneWindow.document);
  const log = planned.ok ? openLog(planned.value, {}, new AbortController().signal) : planned;
  if (!planned.ok || !log.ok) throw new Error('The template cannot be run.');
  return new Run(planned.value, log.value, { clock });
}

async function goTo(run: Run, seq: number): Promise<void> {
  run.seek(seq);
  while (!(await run.goOnTo(seq, 0)));
}

test('a run that stands is given points in its long stretches, and they are of this run', async () => {
  const run = opened(ticking(50));
  while ((await run.advance(new Pacing(() => 0), Infinity)).kind !== 'ended');
  const end = run.seq;
  const shown = runPicture(run);
  const before = run.points.size.points;
  const filler = new PointFiller(ticking(10), () => run, 0);
  filler.start();
  await filler.whenFilled();
  expect(run.points.size.points).toBeGreaterThan(before);
  expect([run.seq, runPicture(run)]).toEqual([end, shown]);
  for (const seq of [0.3, 0.6, 0.2].map((share) => Math.floor(share * end))) {
    await goTo(run, seq);
    const straight = opened();
    while (straight.seq < seq) await straight.step();
    expect(runPicture(run)).toBe(runPicture(straight));
  }
});

test('nothing is filled in while the run is elsewhere, nor of a way that it does not go any more', async () => {
  const run = opened(ticking(50));
  while ((await run.advance(new Pacing(() => 0), Infinity)).kind !== 'ended');
  const points = run.points.size;
  const filler = new PointFiller(ticking(10), () => null, 0);
  filler.start();
  await filler.whenFilled();
  expect(run.points.size).toEqual(points);

  const beside = run.beside(run.edits, run.points.filling());
  beside.seek(0);
  while (beside.seq < 40 && !(await beside.goOnTo(40, 0)));
  await goTo(run, 20);
  run.insert({ kind: ENTRY_WATERMARK, source: 0, partition: 0, payload: run.processingTimeMs ?? 0 });
  const left = run.points.size.points;
  while (!(await beside.goOnTo(400, 0)));
  expect(run.points.size.points).toBe(left);
});
