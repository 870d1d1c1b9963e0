import type { Limits } from '../../engine/limits.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import type { SaveReport, SaveRequest } from '../saving-protocol.ts';
import { saveResults } from './save-results.ts';

export interface SaverContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  /** What is open; null while nothing is. */
  readonly run: () => Run | null;
}

/** Saves results of one node at a time; another request cancels the one before. */
export class ResultSaver {
  private readonly clock: RealClock;
  private readonly limits: Limits;
  private readonly run: () => Run | null;
  private saving = new AbortController();
  /** Share of the log that was gone through; null while nothing is being saved. */
  progress: number | null = null;

  constructor({ clock, limits, run }: SaverContext) {
    this.clock = clock;
    this.limits = limits;
    this.run = run;
  }

  async save(request: SaveRequest): Promise<SaveReport> {
    this.cancel();
    const { signal } = (this.saving = new AbortController());
    const run = this.run();
    if (run === null) throw new Error('No run is open.');
    const { clock, limits } = this;
    const onProgress = (share: number): void => void (this.progress = share);
    const replayed = { eras: run.eras, log: run.log.cursor(), entries: run.seq };
    try {
      return await saveResults(request, replayed, { clock, limits, signal, onProgress });
    } finally {
      this.progress = null;
    }
  }

  cancel(): void {
    this.saving.abort();
  }
}
