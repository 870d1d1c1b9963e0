import type { OpenedRun } from './branches/branch.ts';
import { compareDialects } from './comparing/compare-dialects.ts';
import type { CompareReport, CompareRequest, LabControl, Standing } from './lab-protocol.ts';
import type { RealClock } from './pacing.ts';
import { sampleDelays } from './sample-delays.ts';

/** What is computed on the side; at most one comparison at a time. */
export class Lab implements LabControl {
  readonly sampleDelays = sampleDelays;
  private readonly clock: RealClock;
  private readonly opened: () => OpenedRun | null;
  private comparing = new AbortController();
  private share: number | null = null;

  /** `opened` gives the session's run. */
  constructor(clock: RealClock, opened: () => OpenedRun | null) {
    this.clock = clock;
    this.opened = opened;
  }

  standing(): Standing {
    const run = this.opened()?.run;
    return { seq: run?.seq ?? 0, processingTimeMs: run?.processingTimeMs ?? null };
  }

  async compareDialects(request: CompareRequest): Promise<CompareReport> {
    this.cancelComparing();
    const own = (this.comparing = new AbortController());
    const { signal } = own;
    this.share = 0;
    const onProgress = (share: number): void => {
      if (own === this.comparing) this.share = share;
    };
    try {
      return await compareDialects(request, { clock: this.clock, signal, onProgress });
    } finally {
      if (own === this.comparing) this.share = null;
    }
  }

  comparingProgress(): number | null {
    return this.share;
  }

  cancelComparing(): void {
    this.comparing.abort();
  }
}
