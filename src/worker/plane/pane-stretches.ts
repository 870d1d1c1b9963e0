import type { PanePatches } from '../plane-protocol.ts';
import { PANE_OPEN } from '../plane-protocol.ts';

/** Most stretches that are kept and told; what comes when they are used up is counted as not shown. */
const MOST_STRETCHES = 400_000;

export interface Stretch {
  startMs: number;
  endMs: number;
  readonly key: number;
  readonly fromSeq: number;
  readonly fromAtMs: number;
  toSeq: number;
  toAtMs: number;
  ends: number;
  readonly hasFired: boolean;
  value: number;
  results: number;
}

export interface Moment {
  readonly seq: number;
  readonly atMs: number;
}

/** A result of a window, all rows of one entry, window and timing together. */
export interface PaneFiring extends Moment {
  readonly phase: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Asked in order of position, since keys are numbered as they come. */
  readonly keyOf: () => number;
  /** `PaneTiming`. */
  readonly timing: number;
  value: number;
  results: number;
}

/** All stretches of panes, and which of them changed since they were told. */
export class PaneStretches {
  private readonly all: Stretch[] = [];
  private readonly changed = new Set<number>();
  private areAll = true;

  get length(): number {
    return this.all.length;
  }

  at(index: number): Stretch | undefined {
    return this.all[index];
  }

  /** -1 where there are too many. */
  begin(bounds: Pick<Stretch, 'startMs' | 'endMs' | 'key' | 'hasFired'>, { seq, atMs }: Moment): number {
    const index = this.all.length;
    if (index === MOST_STRETCHES) {
      this.areAll = false;
      return -1;
    }
    const open = { toSeq: Infinity, toAtMs: Infinity, ends: PANE_OPEN, value: Number.NaN, results: 0 };
    this.all.push({ ...bounds, fromSeq: seq, fromAtMs: atMs, ...open });
    this.changed.add(index);
    return index;
  }

  end(index: number, ends: number, { seq, atMs }: Moment, told: { value: number; results: number } = NOTHING): void {
    const stretch = this.all[index];
    if (stretch === undefined) return;
    stretch.toSeq = seq;
    stretch.toAtMs = atMs;
    stretch.ends = ends;
    stretch.value = told.value;
    stretch.results = told.results;
    this.changed.add(index);
  }

  /** Another result stands for the stretch than it ended with. */
  retell(index: number, { value, results }: PaneFiring): void {
    const stretch = this.all[index];
    if (stretch === undefined) return;
    stretch.value = value;
    stretch.results = results;
    this.changed.add(index);
  }

  take(): PanePatches | null {
    if (this.changed.size === 0) return null;
    const told = [...this.changed].sort((a, b) => a - b);
    this.changed.clear();
    const stretches = told.flatMap((index) => this.all[index] ?? []);
    const column = (of: (stretch: Stretch) => number): Float64Array => Float64Array.from(stretches, of);
    return {
      length: told.length,
      index: Uint32Array.from(told),
      startMs: column((one) => one.startMs),
      endMs: column((one) => one.endMs),
      key: Uint16Array.from(stretches, (one) => one.key),
      fromSeq: column((one) => one.fromSeq),
      fromAtMs: column((one) => one.fromAtMs),
      toSeq: column((one) => one.toSeq),
      toAtMs: column((one) => one.toAtMs),
      ends: Uint8Array.from(stretches, (one) => one.ends),
      hasFired: Uint8Array.from(stretches, (one) => (one.hasFired ? 1 : 0)),
      value: column((one) => one.value),
      results: Uint32Array.from(stretches, (one) => one.results),
      areAll: this.areAll,
    };
  }
}

const NOTHING = { value: Number.NaN, results: 0 };
