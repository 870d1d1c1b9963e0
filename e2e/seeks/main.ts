// npm run seeks [-- --events N] [-- --seeks N] [-- --seed N] [-- --graph NAME] [-- --points] [-- --memory GIB]: how long a
// seek takes, from the wish to the frame that shows it, anywhere in a run of N events and in both directions, over graphs
// that keep much: with the points that a run at full speed keeps on a machine with so much memory (8 GiB), and once the
// missing ones have been filled in; both at the same places, which the seed gives. CPU is that of the whole process, garbage
// collection and compilation included. The share that the points took of the run is by the clock; with --points also by runs
// without any. More than one seek in ten over the goal, once points have been filled in, makes the exit code 1.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { watchedByDefault } from '../../src/app/run-document.ts';
import type { PipelineDocument } from '../../src/pipeline/document.ts';
import { Random } from '../../src/stream/random.ts';
import { pointBytesFor } from '../../src/worker/travel/point-room.ts';
import { GRAPHS } from './graphs.ts';
import { pointsCost } from './points-cost.ts';
import type { Cost } from './travelled-run.ts';
import { TravelledRun, costOf } from './travelled-run.ts';

const GOAL_MS = 200;
const PAIRS = 5;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1100000' },
    seeks: { type: 'string', default: '60' },
    seed: { type: 'string', default: '20261' },
    graph: { type: 'string' },
    points: { type: 'boolean', default: false },
    memory: { type: 'string', default: '8' },
  },
});
const events = Number(values.events);
const seeks = Number(values.seeks);
const seed = Number(values.seed);
const memoryGib = Number(values.memory);
const names = values.graph === undefined ? Object.keys(GRAPHS) : [values.graph];
if (
  ![events, seeks, seed, memoryGib].every((count) => Number.isInteger(count) && count >= 1) ||
  !names.every((name) => name in GRAPHS)
) {
  console.error(
    `usage: npm run seeks [-- --events N] [-- --seeks N] [-- --seed N] [-- --points] [-- --memory GIB] [-- --graph ${Object.keys(GRAPHS).join('|')}]`,
  );
  process.exit(2);
}

async function seekAround(run: TravelledRun, entries: number): Promise<readonly Cost[]> {
  const random = new Random(seed);
  const costs: Cost[] = [];
  for (let seek = 0; seek < seeks; seek++) {
    const seq = Math.floor((random.uint32() / 2 ** 32) * entries);
    costs.push(await costOf(() => run.seek(seq)));
  }
  return costs;
}

/** Seeks with the points that the run kept, and those after points were filled in. */
async function measure(document: PipelineDocument): Promise<readonly (readonly Cost[])[]> {
  const run = new TravelledRun(pointBytesFor(memoryGib));
  await run.open(document, watchedByDefault(document));
  let entries = 0;
  const whole = await costOf(async () => (entries = await run.runToEnd()));
  const share = ((100 * run.points.tookMs) / whole.wallMs).toFixed(1);
  console.log(
    `  ${entries.toLocaleString('en')} entries in ${seconds(whole)} of CPU; points took ${share} % of it: ${kept(run)}`,
  );
  const before = await seekAround(run, entries);
  const filling = await costOf(() => run.fillPoints());
  console.log(`  points filled in with ${seconds(filling)} of CPU: ${kept(run)}`);
  return [before, await seekAround(run, entries)];
}

function seconds({ cpuMs }: Cost): string {
  return `${(cpuMs / 1_000).toFixed(1)} s`;
}

function kept(run: TravelledRun): string {
  const { points, bytes } = run.points;
  return `${points} points, ${(bytes / 1e6).toFixed(0)} MB`;
}

function figures(of: readonly number[]): { readonly text: string; readonly p90: number } {
  const sorted = of.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const text = [0.5, 0.9, 1].map((share) => at(share).toFixed(0).padStart(6)).join('');
  return { text, p90: at(0.9) };
}

let isMissed = false;
for (const name of names) {
  const document = GRAPHS[name]?.(events);
  if (document === undefined) continue;
  console.log(name);
  const [before = [], after = []] = await measure(document);
  for (const [when, costs] of [
    ['before', before],
    ['after', after],
  ] as const) {
    const cpu = figures(costs.map(({ cpuMs }) => cpuMs)).text;
    const wall = figures(costs.map(({ wallMs }) => wallMs)).text;
    console.log(`  ${when.padEnd(6)} CPU ms, median, 90 %, most:  ${cpu}; wall ms: ${wall}`);
  }
  isMissed ||= figures(after.map(({ cpuMs }) => cpuMs)).p90 > GOAL_MS;
  if (values.points) console.log(`  points cost ${(100 * (await pointsCost(document, PAIRS))).toFixed(1)} % of a run`);
}
const load = loadavg()[0] ?? 0;
console.log(`load average ${load.toFixed(1)} on ${availableParallelism()} processors`);
// A session that stands still keeps the process alive.
process.exit(isMissed ? 1 : 0);
