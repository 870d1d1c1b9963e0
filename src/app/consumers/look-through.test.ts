import { beforeEach, expect, test, vi } from 'vitest';
import { frame } from '../../testing/fake-engine.ts';
import type { Frame, Through } from '../../worker/protocol.ts';
import { lookedAt } from '../looked-at.ts';
import { nextStep } from '../run-frames.ts';
import type { RunState } from '../run-state.ts';
import { NO_FIGURES } from '../run-state.ts';
import { useRunStore } from '../run-store.ts';
import { useConsumers } from './consumer-store.ts';

const asked: (string | null)[] = [];

function through(consumer: string, seq: number, jumps = 0): Through {
  const clocks = { maxEventTimeMs: seq, watermarkMs: seq - 5, processingTimeMs: seq };
  return { consumer, seq, jumps, status: { kind: 'running' }, clocks };
}

/** The run stands at entry 400. */
function seen(part: Partial<Frame> = {}): Frame {
  return { ...frame(1, 'paused', 400), ...part };
}

function show(next: Frame): RunState {
  const { figures } = nextStep(next, useRunStore.getState(), 'w');
  useRunStore.setState(figures);
  return useRunStore.getState();
}

const lag = { nodeId: 'w', chart: 'state', data: null } as const;

beforeEach(() => {
  asked.length = 0;
  useRunStore.setState({
    ...NO_FIGURES,
    jumps: 0,
    ask: (question) => question({ lookThrough: (id: string | null) => Promise.resolve(asked.push(id) > 0) } as never),
  });
  const audit = { id: 'a', name: 'Audit', start: { by: 'earliest' }, speed: { kind: 'max' } } as const;
  useConsumers.setState({ left: null, consumers: [{ ...audit, isThere: true, place: null, plays: true }] });
});

test('figures are of whom the frame says, the place of the run stays its own', () => {
  expect(lookedAt(show(seen())).seq).toBe(400);
  const state = show(seen({ through: through('a', 90) }));
  expect(state.position.seq).toBe(400);
  expect(lookedAt(state)).toMatchObject({ seq: 90, status: { kind: 'running' }, clocks: { watermarkMs: 85 } });
  expect(lookedAt(show(seen())).clocks.watermarkMs).toBeNull();
});

test('charts of another run go with the first frame of this one; a seek of the run takes none of a consumer', () => {
  const results = { nodeId: 'w', length: 3 } as unknown as NonNullable<Frame['results']>;
  show(seen({ charts: [lag], results }));
  expect(show(seen()).results).toBe(results);
  expect(show(seen({ through: through('a', 90) })).results).toBeNull();
  show(seen({ through: through('a', 91), results }));
  expect(show(seen({ through: through('a', 92), jumps: 1 })).results).toBe(results);
  // The consumer itself went elsewhere.
  expect(show(seen({ through: through('a', 10, 1), jumps: 1 })).results).toBeNull();
  show(seen({ through: through('a', 11, 1), jumps: 1, results }));
  expect(show(seen({ jumps: 1 })).results).toBeNull();
});

test('back at the run by choice nothing is said; taken away, it is', async () => {
  const { lookThrough } = useConsumers.getState();
  lookThrough('a');
  show(seen());
  show(seen({ through: through('a', 90) }));
  lookThrough(null);
  show(seen());
  await vi.waitFor(() => expect(asked).toEqual(['a', null]));
  expect(useConsumers.getState().left).toBeNull();

  lookThrough('a');
  show(seen({ through: through('a', 90) }));
  useConsumers.setState({ consumers: [] });
  show(seen());
  expect(useConsumers.getState().left).toEqual({ name: 'Audit' });
  // That is no news any more once somebody looks anew.
  lookThrough(null);
  expect(useConsumers.getState().left).toBeNull();
});
