import type { Contender } from '../job.ts';
import { PLACES, placeOf } from '../windows/key-places.ts';
import { WindowSums } from '../windows/window-sums.ts';
import type { Workload } from '../workload.ts';
import { DISORDER_MS, KEYS } from '../workload.ts';
import { GAP_MS } from './gap.ts';

/** How far event time moves on between two looks for sessions of keys of which nothing comes. */
const SWEEP_MS = 1000;
/** Sessions of a key that may be open at once: each takes more than the gap, and all end within the gap and the disorder. */
const SLOTS = 4;
/** Figures of a session: start, end, count, sum. */
const START = 0;
const END = 1;
const COUNT = 2;
const SUM = 3;
const FIGURES = 4;
const BLOCK_ROWS = 4096;
/** A sweep may add all that is open to a block that is nearly full. */
const OUT_ROWS = BLOCK_ROWS + PLACES * SLOTS;

interface State {
  readonly keyAt: Int32Array;
  /** How many sessions of each place are open. */
  readonly open: Uint8Array;
  /** Of the session in slot s of place p from `(s * PLACES + p) * FIGURES` on: most places use the first slot alone. */
  readonly figures: Float64Array;
  readonly out: {
    readonly key: Int32Array;
    readonly startMs: Float64Array;
    readonly endMs: Float64Array;
    readonly count: Float64Array;
    readonly sum: Float64Array;
  };
  fired: number;
  /** What ends here or before has fired. */
  closedMs: number;
  maxMs: number;
  sweepAtMs: number;
}

function makeState(): State {
  const doubles = (): Float64Array => new Float64Array(OUT_ROWS);
  return {
    keyAt: new Int32Array(PLACES),
    open: new Uint8Array(PLACES),
    figures: new Float64Array(PLACES * SLOTS * FIGURES),
    out: { key: new Int32Array(OUT_ROWS), startMs: doubles(), endMs: doubles(), count: doubles(), sum: doubles() },
    fired: 0,
    closedMs: -Infinity,
    maxMs: -Infinity,
    sweepAtMs: -Infinity,
  };
}

/** Takes the session in `slot` out; the last of the place takes its place. */
function remove({ open, figures }: State, place: number, slot: number): void {
  const last = --open[place]!;
  const from = (last * PLACES + place) * FIGURES;
  figures.copyWithin((slot * PLACES + place) * FIGURES, from, from + FIGURES);
}

/** Writes the sessions of `place` that have ended. */
function fire(state: State, place: number): void {
  const { keyAt, open, figures, out, closedMs } = state;
  for (let slot = open[place]! - 1; slot >= 0; slot--) {
    const at = (slot * PLACES + place) * FIGURES;
    if (figures[at + END]! > closedMs) continue;
    const row = state.fired++;
    out.key[row] = keyAt[place]!;
    out.startMs[row] = figures[at + START]!;
    out.endMs[row] = figures[at + END]!;
    out.count[row] = figures[at + COUNT]!;
    out.sum[row] = figures[at + SUM]!;
    remove(state, place, slot);
  }
}

function sweep(state: State, sums: WindowSums): void {
  const { open, figures, closedMs } = state;
  for (let place = 0; place < PLACES; place++) {
    const isOneAndOpen = open[place] === 1 && figures[place * FIGURES + END]! > closedMs;
    if (!isOneAndOpen) fire(state, place);
  }
  if (state.fired < BLOCK_ROWS) return;
  sums.addFirst(state.out, state.fired);
  state.fired = 0;
}

/** Adds a row to the sessions that it touches and makes one of them; one that touches none opens its own, or is late. */
function meet(state: State, place: number, t: number, v: number): void {
  const { open, figures } = state;
  let target = -1;
  for (let slot = open[place]! - 1; slot >= 0; slot--) {
    const at = (slot * PLACES + place) * FIGURES;
    if (t > figures[at + END]! || t + GAP_MS < figures[at + START]!) continue;
    if (target >= 0) {
      // The one met before stands behind this one, and goes into it.
      const other = (target * PLACES + place) * FIGURES;
      figures[at + START] = Math.min(figures[at + START]!, figures[other + START]!);
      figures[at + END] = Math.max(figures[at + END]!, figures[other + END]!);
      figures[at + COUNT]! += figures[other + COUNT]!;
      figures[at + SUM]! += figures[other + SUM]!;
      remove(state, place, target);
    }
    target = slot;
  }
  if (target < 0) {
    if (t + GAP_MS <= state.closedMs) return;
    target = open[place]!++;
    if (target >= SLOTS) throw new Error(`more than ${SLOTS} sessions of a key`);
    const at = (target * PLACES + place) * FIGURES;
    figures[at + START] = t;
    figures[at + END] = t + GAP_MS;
    figures[at + COUNT] = 1;
    figures[at + SUM] = v;
    return;
  }
  const at = (target * PLACES + place) * FIGURES;
  figures[at + START] = Math.min(figures[at + START]!, t);
  figures[at + END] = Math.max(figures[at + END]!, t + GAP_MS);
  figures[at + COUNT]!++;
  figures[at + SUM]! += v;
}

/** Takes events from `event` on, up to the first that calls for a sweep. */
function take({ length, key, value, ts }: Workload, state: State, event: number): number {
  const { keyAt, open, figures, sweepAtMs } = state;
  let { maxMs } = state;
  for (; event < length; event++) {
    const t = ts[event]!;
    if (t >= sweepAtMs) break;
    if (t > maxMs) maxMs = t;
    const closedMs = maxMs - DISORDER_MS;
    const place = placeOf(keyAt, key[event]!);
    const at = place * FIGURES;
    const endMs = figures[at + END]!;
    if (open[place] === 1 && endMs > closedMs && t <= endMs && t + GAP_MS >= figures[at + START]!) {
      if (t < figures[at + START]!) figures[at + START] = t;
      if (t + GAP_MS > endMs) figures[at + END] = t + GAP_MS;
      figures[at + COUNT]!++;
      figures[at + SUM]! += value[event]!;
      continue;
    }
    state.closedMs = closedMs;
    fire(state, place);
    meet(state, place, t, value[event]!);
  }
  state.maxMs = maxMs;
  return event;
}

function run(workload: Workload, state: State): string {
  const { length, ts } = workload;
  const sums = new WindowSums();
  state.keyAt.fill(-1);
  state.open.fill(0);
  state.fired = 0;
  state.maxMs = -Infinity;
  state.sweepAtMs = -Infinity;
  for (let event = 0; event < length; event = take(workload, state, event)) {
    // The event that calls for the sweep moves the watermark first.
    state.maxMs = Math.max(state.maxMs, ts[event]!);
    state.closedMs = state.maxMs - DISORDER_MS;
    state.sweepAtMs = state.maxMs + SWEEP_MS;
    sweep(state, sums);
  }
  state.closedMs = Infinity;
  sweep(state, sums);
  sums.addFirst(state.out, state.fired);
  return sums.checksum();
}

/** By hand, over typed arrays: open sessions of a key in a few slots, the usual case of one that goes on in the loop. */
export const fused: Contender = {
  name: 'fused',
  prepare: (workload) => {
    if (KEYS > PLACES) throw new Error(`no place for ${KEYS} keys`);
    const state = makeState();
    return () => run(workload, state);
  },
};
