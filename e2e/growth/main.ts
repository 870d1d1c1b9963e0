// npm run growth -- [--most N]: tumbling windows of the whole engine on more and more events and keys. What an event costs
// must not depend on how many came before it, and with more keys it may rise no more than in a hand-written loop.
import type { SourceChunk } from '../../src/sources/source-reader.ts';
import { assert } from '../../src/stream/assert.ts';
import { CyclicEvents, cpuMs } from './cyclic-events.ts';
import { engineWindows } from './engine-windows.ts';
import type { Totals } from './hashed-windows.ts';
import { hashedWindows } from './hashed-windows.ts';

const SIZE_MS = 10_000;
const LEAST_EVENTS = 1_000_000;
const KEYS = 1000;
const MORE_KEYS = [100_000, 10_000_000];
const KEYS_EVENTS = 4_000_000;
/** Most by which the cost of an event may rise from the fewest events to the most. */
const LIMIT = 1.25;
const ROUNDS = 5;

type Way = (chunks: Iterable<SourceChunk>, sizeMs: number) => Totals;

const most = Number(process.argv[process.argv.indexOf('--most') + 1] ?? 1e8) || 1e8;

/** CPU time of one event in ns, without what making the events took. */
function nsPerEvent(way: Way, events: number, keys: number): { readonly ns: number; readonly totals: Totals } {
  const source = new CyclicEvents(events, keys);
  const before = cpuMs();
  const totals = way(source, SIZE_MS);
  return { ns: ((cpuMs() - before - source.spentMs) * 1e6) / events, totals };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function rounds(count: number, once: () => number): number {
  return median(Array.from({ length: count }, once));
}

const engine: Way = engineWindows;
const fused: Way = hashedWindows;

for (const keys of [KEYS, ...MORE_KEYS]) {
  const [a, b] = [nsPerEvent(engine, LEAST_EVENTS, keys).totals, nsPerEvent(fused, LEAST_EVENTS, keys).totals];
  assert(JSON.stringify(a) === JSON.stringify(b), () => `${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
}

for (let i = 0; i < ROUNDS; i++) nsPerEvent(engine, LEAST_EVENTS, KEYS);
let isGood = true;
console.log('events         ns/event (CPU, without making the events)');
let least = Number.NaN;
for (let events = LEAST_EVENTS; events <= most; events *= 10) {
  const ns = rounds(events > 1e7 ? 1 : ROUNDS, () => nsPerEvent(engine, events, KEYS).ns);
  if (events === LEAST_EVENTS) least = ns;
  const isMet = ns <= LIMIT * least;
  isGood &&= isMet;
  console.log(
    `${events.toExponential(0).padEnd(14)} ${ns.toFixed(1).padStart(6)}  ${(ns / least).toFixed(2)} x ` +
      `the first (goal at most ${LIMIT}: ${isMet ? 'met' : 'MISSED'})`,
  );
}

console.log('\nkeys           engine  fused   engine and fused beside 10^3 keys');
const first = { engine: Number.NaN, fused: Number.NaN };
for (const keys of [KEYS, ...MORE_KEYS]) {
  const taken: { engine: number[]; fused: number[] } = { engine: [], fused: [] };
  for (let round = 0; round < ROUNDS; round++) {
    taken.engine.push(nsPerEvent(engine, KEYS_EVENTS, keys).ns);
    taken.fused.push(nsPerEvent(fused, KEYS_EVENTS, keys).ns);
  }
  const now = { engine: median(taken.engine), fused: median(taken.fused) };
  if (keys === KEYS) Object.assign(first, now);
  const [rise, fusedRise] = [now.engine / first.engine, now.fused / first.fused];
  const isMet = rise <= fusedRise;
  isGood &&= isMet;
  console.log(
    `${keys.toExponential(0).padEnd(14)} ${now.engine.toFixed(1).padStart(6)} ${now.fused.toFixed(1).padStart(6)}   ` +
      `${rise.toFixed(2)} x, ${fusedRise.toFixed(2)} x (goal no more than fused: ${isMet ? 'met' : 'MISSED'})`,
  );
}
process.exitCode = isGood ? 0 : 1;
