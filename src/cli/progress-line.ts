import type { SourceProgress } from '../sources/source-reader.ts';
import { grouped } from './terminal-text.ts';

const EVERY_MS = 200;

/** One line on a terminal's stderr that is written over and over; nothing where stderr is no terminal. */
export class ProgressLine {
  private readonly isShown = process.stderr.isTTY;
  private nextMs = 0;
  private width = 0;

  update(entries: number, sources: () => readonly SourceProgress[]): void {
    if (!this.isShown) return;
    const nowMs = performance.now();
    if (nowMs < this.nextMs) return;
    this.nextMs = nowMs + EVERY_MS;
    const share = shareOf(sources());
    const text = `${grouped(entries)} entries${share === null ? '' : ` · ${Math.floor(share * 100)} %`}`;
    process.stderr.write(`\r${text.padEnd(this.width)}`);
    this.width = text.length;
  }

  clear(): void {
    if (this.width > 0) process.stderr.write(`\r${' '.repeat(this.width)}\r`);
    this.width = 0;
  }
}

/** Of the source that is least far; null when nobody knows how much there is. */
function shareOf(sources: readonly SourceProgress[]): number | null {
  let least: number | null = null;
  for (const { done, total } of sources) {
    if (total === null || total === 0) return null;
    least = Math.min(least ?? 1, done / total);
  }
  return least;
}
