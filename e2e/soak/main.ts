// npm run soak -- [--events N] [--minutes M]: tumbling windows, sessions and an interval join of the whole engine, with a
// fresh key and a fresh text in every event. Says how memory goes, and fails when it grows.
import type { Sample } from './growth-line.ts';
import { LIMIT_MB, passes, slopeOf } from './growth-line.ts';
import { USAGE, parseOptions } from './options.ts';
import { PERIOD_EVENTS, SoakRun } from './soak-run.ts';

/** A line about so often. */
const LINE_MS = 10_000;

const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}

const MB = 1e6;
const mb = (bytes: number): string => (bytes / MB).toFixed(2);
const cells = (...texts: readonly string[]): string => texts.map((text) => text.padStart(15)).join('');

console.log(cells('events', 'heap MB', 'external MB', 'arrays MB', 'state MB', 'state rows', 'events/s'));
if (globalThis.gc === undefined) console.log('(no --expose-gc: heap figures hold garbage, too)');
const run = new SoakRun(options.events);
const heap: Sample[] = [];
const startedAt = performance.now();
const endsAt = startedAt + options.minutes * 60_000;
let lineAt = startedAt;
let eventsBefore = 0;
let isMore = true;
while (isMore && performance.now() < endsAt) {
  // Every look comes after a whole number of periods, when the operators hold as much as at the last.
  isMore = run.runTo(run.position + PERIOD_EVENTS);
  const now = performance.now();
  if (!isMore || now - lineAt < LINE_MS) continue;
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const events = run.position;
  heap.push({ events, bytes: heapUsed + external });
  const rows = Object.values(run.stateRows()).reduce((sum, count) => sum + count, 0);
  const rate = ((events - eventsBefore) / (now - lineAt)) * 1000;
  const state = mb(run.engine.stateBytes());
  const counts = [events, rows, Math.round(rate)].map((count) => count.toLocaleString('en'));
  console.log(cells(counts[0]!, mb(heapUsed), mb(external), mb(arrayBuffers), state, counts[1]!, counts[2]!));
  eventsBefore = events;
  lineAt = performance.now();
}
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
const slope = slopeOf(heap);
const isFlat = passes(slope);
console.log(
  `${run.position.toLocaleString('en')} entries in ${minutes} minutes; results ${JSON.stringify([...run.results])}`,
);
console.log(
  `heap and external memory grow by ${slope.mb.toFixed(3)} ± ${(2 * slope.error).toFixed(3)} MB per 10^8 events ` +
    `over the second half (limit ${LIMIT_MB}): ${isFlat ? 'PASS' : 'FAIL'}`,
);
process.exitCode = isFlat ? 0 : 1;
