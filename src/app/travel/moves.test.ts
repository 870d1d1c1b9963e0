import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SeekReport, SeekRequest, SeekTarget } from '../run-state.ts';
import { NO_FIGURES } from '../run-state.ts';
import { useRunStore } from '../run-store.ts';
import { dragTo, dropAt, goTo, stepTo, useMoves, wantedSeq } from './moves.ts';

/** Seeks as the engine was asked for them, each to be answered by the test. */
interface Asked extends SeekRequest {
  readonly answer: (report: SeekReport | null) => void;
}

let asked: Asked[] = [];
let share: number | null = null;

function at(seq: number): SeekTarget {
  return { by: 'seq', seq };
}

/** As the engine has it: a newer seek gives up the one before. */
function seek(request: SeekRequest): Promise<SeekReport | null> {
  asked.at(-1)?.answer({ kind: 'given-up' });
  return new Promise((answer) => asked.push({ ...request, answer }));
}

const wanted = (): readonly unknown[] => asked.map(({ to }) => (to.by === 'seq' ? to.seq : to));

async function arrive(seq: number): Promise<void> {
  asked.at(-1)?.answer({ kind: 'there', seq });
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  share = null;
  useRunStore.setState({
    position: { ...NO_FIGURES.position, seq: 40 },
    seek,
    stepTo: () => Promise.resolve({ kind: 'given-up' }),
    ask: (question) => question({ seekProgress: () => Promise.resolve(share) } as never),
  });
});
afterEach(() => {
  asked.at(-1)?.answer(null);
  vi.useRealTimers();
});

test('the newest move counts; each says what became of it', async () => {
  const first = goTo(at(7));
  const second = goTo(at(9), true);
  expect(wantedSeq()).toBe(9);
  expect(useMoves.getState().move).toMatchObject({ fromSeq: 40, isLong: false });
  await arrive(9);
  expect(await first).toEqual({ kind: 'superseded' });
  expect(await second).toEqual({ kind: 'there', seq: 9 });
  expect(asked.map(({ plays }) => plays)).toEqual([false, true]);
  expect(useMoves.getState().move).toBeNull();
  expect(wantedSeq()).toBe(9);
  useRunStore.setState(({ position, jumps }) => ({ position: { ...position, seq: 11 }, jumps: jumps + 1 }));
  expect(wantedSeq()).toBe(11);
  expect(await stepTo({ kind: 'firing', direction: 'previous', nodeId: null })).toEqual({ kind: 'impossible' });
  const lost = goTo(at(1));
  asked.at(-1)?.answer(null);
  expect(await lost).toEqual({ kind: 'superseded' });
});

test('a move that takes long says how far it is, and where it came from', async () => {
  void goTo(at(7));
  void goTo(at(500_000));
  await vi.advanceTimersByTimeAsync(290);
  expect(useMoves.getState().move?.isLong).toBe(false);
  share = 0.25;
  await vi.advanceTimersByTimeAsync(200);
  expect(useMoves.getState().move).toEqual({ to: at(500_000), fromSeq: 40, isLong: true, share: 0.25 });
  await arrive(500_000);
  expect(useMoves.getState().move).toBeNull();
});

test('a hand that drags is shown where it was before it is shown where it is', async () => {
  for (const seq of [1, 2, 3]) dragTo(at(seq));
  expect(wanted()).toEqual([1]);
  await arrive(1);
  expect(wanted()).toEqual([1, 3]);
  dragTo(at(4));
  await arrive(3);
  expect(wanted()).toEqual([1, 3, 4]);
  await arrive(4);
  expect(useMoves.getState().move).toBeNull();
});

test('of a way that takes long nothing is waited for: the newest place is gone to at once', async () => {
  dragTo(at(900_000));
  await vi.advanceTimersByTimeAsync(310);
  dragTo(at(5));
  expect(wanted()).toEqual([900_000, 5]);
  dragTo(at(6));
  expect(wanted()).toEqual([900_000, 5]);
  await arrive(5);
  expect(wanted()).toEqual([900_000, 5, 6]);
  await arrive(6);
});

test('where it is let go counts, whatever else was on its way', async () => {
  dragTo(at(1));
  dragTo(at(2));
  dropAt(at(3), true);
  expect(asked.at(-1)).toMatchObject({ to: at(3), plays: true });
  await arrive(3);
  expect(wanted()).toEqual([1, 3]);
});
