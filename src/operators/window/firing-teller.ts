import type { Firing, KernelOutput } from '../operator.ts';

/** Tells of panes that fire. Those of one window that fired one after the other are told as one firing. */
export class FiringTeller {
  private told: Firing | null = null;

  /** One result more. Only where somebody listens. */
  add(firing: Firing, out: KernelOutput): void {
    const { told } = this;
    if (told !== null && isSameFiring(told, firing)) this.told = { ...told, results: told.results + 1 };
    else {
      this.end(out);
      this.told = firing;
    }
  }

  /** What one row or one moment in time set off is over. */
  end(out: KernelOutput): void {
    if (this.told !== null) out.trace?.fired(this.told);
    this.told = null;
  }
}

function isSameFiring(a: Firing, b: Firing): boolean {
  // Bounds may be NaN.
  const isSameWindow = Object.is(a.startMs, b.startMs) && Object.is(a.endMs, b.endMs);
  return isSameWindow && a.seq === b.seq && a.timing === b.timing && a.paneIndex === b.paneIndex;
}
