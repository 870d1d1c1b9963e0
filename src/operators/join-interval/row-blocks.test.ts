import { expect, test } from 'vitest';
import { Random } from '../../stream/random.ts';
import { RowBlocks, blockOf } from './row-blocks-state.ts';

const SIDE = 1;
const REACH_MS = 40;

/** Rows in blocks beside a plain list of them. */
class Both {
  readonly blocks = new RowBlocks(SIDE, REACH_MS);
  readonly timeOf = new Map<number, number>();
  times = new Float64Array(0);

  add(timesMs: readonly number[]): void {
    const { blocks, timeOf } = this;
    const room = blocks.bound(timesMs.length) * 2;
    if (room > this.times.length) {
      const wider = new Float64Array(room).fill(Number.NaN);
      wider.set(this.times);
      this.times = wider;
    }
    const handles = new Int32Array(timesMs.length);
    blocks.take(handles, this.times);
    expect([...handles].filter((handle) => timeOf.has(handle))).toEqual([]);
    handles.forEach((handle, i) => {
      timeOf.set(handle, timesMs[i]!);
      this.times[handle * 2 + SIDE] = timesMs[i]!;
      blocks.note(blockOf(handle), timesMs[i]!);
    });
  }

  /** Takes out what is due; one of seven of them stays after all. */
  expire(watermark: number): void {
    const { blocks, timeOf, times } = this;
    const into = new Int32Array(times.length);
    const count = blocks.due(watermark, times, into);
    const due = [...into.subarray(0, count)];
    const wanted = [...timeOf].filter(([, timeMs]) => timeMs + REACH_MS <= watermark).map(([handle]) => handle);
    expect(due.toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b));
    for (const handle of due) {
      if (handle % 7 === 0) blocks.keep(handle, timeOf.get(handle)!);
      else this.forget(handle);
    }
  }

  release(handle: number): void {
    this.forget(handle);
    this.blocks.release(handle);
  }

  private forget(handle: number): void {
    this.timeOf.delete(handle);
    this.times[handle * 2 + SIDE] = Number.NaN;
  }
}

test('rows are due when the watermark is as far as they reach, whatever became of the others of their block', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const random = new Random(seed);
    const both = new Both();
    let nowMs = 0;
    let most = 0;
    for (let round = 0; round < 200; round++) {
      // One in forty is of long ago or far ahead: it is due apart from those beside it.
      const timeMs = (): number => nowMs + (random.below(40) === 0 ? random.below(2000) - 300 : random.below(20));
      both.add(Array.from({ length: random.below(seed % 2 === 0 ? 30 : 900) }, timeMs));
      for (const handle of [...both.timeOf.keys()]) if (random.below(50) === 0) both.release(handle);
      most = Math.max(most, both.timeOf.size);
      nowMs += random.below(25);
      if (random.below(3) > 0) both.expire(nowMs - 10);
      expect(both.blocks.rows).toBe(both.timeOf.size);
    }
    both.expire(nowMs + 1e6);
    both.expire(nowMs + 1e6);
    expect([...both.timeOf.keys()].every((handle) => handle % 7 === 0)).toBe(true);
    // A quarter of each block stands for its memory, but for the one that is being filled and the rows of one round.
    expect(both.blocks.bound(0)).toBeLessThanOrEqual(4 * most + 2 * 900 + 1024);
  }
});
