// npm run seeks [-- --events N] [-- --seeks N] [-- --graph NAME] [-- --points]: how long a seek takes, from the wish to the
// frame that shows it, anywhere in a run of N events and in both directions, over graphs that keep much. CPU is that of the
// whole process, garbage collection and compilation included. With --points also what the points cost that make it so, as a
// share of a run at full speed. More than one seek in ten over the goal makes the exit code 1.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { watchedByDefault } from '../../src/app/run-document.ts';
import type { PipelineDocument } from '../../src/pipeline/document.ts';
import { Random } from '../../src/stream/random.ts';
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
    graph: { type: 'string' },
    points: { type: 'boolean', default: false },
  },
});
const events = Number(values.events);
const seeks = Number(values.seeks);
const names = values.graph === undefined ? Object.keys(GRAPHS) : [values.graph];
if (
  ![events, seeks].every((count) => Number.isInteger(count) && count >= 1) ||
  !names.every((name) => name in GRAPHS)
) {
  console.error(
    `usage: npm run seeks [-- --events N] [-- --seeks N] [-- --points] [-- --graph ${Object.keys(GRAPHS).join('|')}]`,
  );
  process.exit(2);
}

async function measure(document: PipelineDocument): Promise<readonly Cost[]> {
  const run = new TravelledRun();
  await run.open(document, watchedByDefault(document));
  let entries = 0;
  const whole = await costOf(async () => (entries = await run.runToEnd()));
  const { points, bytes } = run.points;
  console.log(
    `  ${entries.toLocaleString('en')} entries in ${(whole.cpuMs / 1_000).toFixed(1)} s of CPU; ` +
      `${points} points, ${(bytes / 1e6).toFixed(0)} MB`,
  );
  const random = new Random(20261);
  const costs: Cost[] = [];
  for (let seek = 0; seek < seeks; seek++) {
    const seq = Math.floor((random.uint32() / 2 ** 32) * entries);
    costs.push(await costOf(() => run.seek(seq)));
  }
  return costs;
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
  const costs = await measure(document);
  const cpu = figures(costs.map(({ cpuMs }) => cpuMs));
  const wall = figures(costs.map(({ wallMs }) => wallMs));
  isMissed ||= cpu.p90 > GOAL_MS;
  console.log(`  CPU ms, median, 90 %, most:  ${cpu.text}`);
  console.log(`  wall ms, median, 90 %, most: ${wall.text}`);
  if (values.points) console.log(`  points cost ${(100 * (await pointsCost(document, PAIRS))).toFixed(1)} % of a run`);
}
const load = loadavg()[0] ?? 0;
console.log(`load average ${load.toFixed(1)} on ${availableParallelism()} processors`);
// A session that stands still keeps the process alive.
process.exit(isMissed ? 1 : 0);
