// npm run bench -- [--json] [--jobs NAME,NAME] [--events N] ...: the whole engine beside hand-written loops and other ways of
// doing the same, on the same events, in one run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { browserJobs } from './browser/browser-jobs.ts';
import { TrackWorkers } from './browser/track-workers.ts';
import type { Place } from './goals.ts';
import type { Job } from './job.ts';
import { jobs } from './jobs.ts';
import type { KeptRatios, Rates, Ratios } from './kept-ratios.ts';
import { CHECK_EFFORT, CHECK_EVENTS, checkAll, paceOf, ratesOf, ratiosOf, referenceOf } from './kept-ratios.ts';
import { thisMachine } from './machine.ts';
import type { JobResult } from './measure.ts';
import { FULL_EFFORT, measureJob, median } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { USAGE, parseOptions } from './options.ts';
import { readmeTables, withTables } from './readme-table.ts';
import type { Report } from './report.ts';
import { jsonReport, summaryLine, tableHead, tableOf } from './report.ts';
import type { OpenTrack } from './track.ts';
import { CONTENDER, TrackProcesses, serveContender } from './track-process.ts';

/** The program lies two folders below the root, as its sources do. */
const KEPT_FILE = new URL('../../e2e/bench/kept-ratios.json', import.meta.url);
const README = new URL('../../README.md', import.meta.url);
const WORKER_ENTRY = fileURLToPath(new URL('../../e2e/bench/browser/worker.ts', import.meta.url));

/** Where the jobs run. */
interface Stage {
  readonly place: Place;
  readonly jobs: readonly Job[];
  readonly open: OpenTrack;
}

async function measureAll(options: BenchOptions, { place, jobs: known, open }: Stage): Promise<Report> {
  const { jobs: names, columns: lanes, events, mode } = options;
  const results: JobResult[] = [];
  if (mode === 'table') console.log(tableHead(place));
  for (const job of known) {
    if (!names.includes(job.name)) continue;
    const result = await measureJob(job, { events: events ?? job.events, effort: FULL_EFFORT, lanes, open });
    results.push(result);
    for (const fault of result.faults) console.error(fault);
    if (mode === 'table') console.log(tableOf(result, place));
  }
  return { machine: thisMachine(), place, results };
}

/** True when all is well: checksums are equal. */
function print(report: Report, mode: BenchOptions['mode']): boolean {
  if (mode === 'json') console.log(jsonReport(report));
  else if (mode === 'readme') {
    const tables = readmeTables(report);
    writeFileSync(README, withTables(readFileSync(README, 'utf8'), tables));
    console.log(tables);
  } else console.log(`\n${summaryLine(report)}`);
  return report.results.every(({ faults }) => faults.length === 0);
}

/** A short run against the kept ratios; true when all hold. */
async function checkKept({ jobs: names, events }: BenchOptions, open: OpenTrack): Promise<boolean> {
  const kept = readKept();
  const { cpu, cores, node } = thisMachine();
  console.log(`${cores} cores of ${cpu}, Node ${node}`);
  const measure = (job: string): Promise<Rates> => shortRates(job, events, open);
  const { ratios, failed } = await checkAll({ jobs: names, steady: steadyOf(names), kept, measure });
  for (const job of names) {
    const verdict = !failed.includes(job) ? 'holds' : kept[job] === undefined ? 'KEPT BY NOBODY' : 'FELL';
    console.log(`${job.padEnd(20)} ${text(ratios[job])}, kept ${text(kept[job])}: ${verdict}`);
  }
  console.log(failed.length === 0 ? 'bench check: all ratios hold' : `bench check FAILED: ${failed.join(', ')}`);
  return failed.length === 0;
}

/** Keeps the median ratios of three short runs, for all jobs: the pace is that of all. */
async function keep({ events }: BenchOptions, open: OpenTrack): Promise<boolean> {
  const names = jobs.filter((job) => referenceOf(job) !== undefined).map(({ name }) => name);
  const measured = new Map(names.map((job): [string, Ratios[]] => [job, []]));
  for (let time = 0; time < 3; time++) {
    const rates = new Map<string, Rates>();
    for (const job of names) rates.set(job, await shortRates(job, events, open));
    const pace = paceOf(steadyOf(names).flatMap((job) => rates.get(job) ?? []));
    for (const [job, found] of rates) measured.get(job)?.push(ratiosOf(found, pace));
  }
  const ratios: Record<string, Ratios> = {};
  for (const [job, found] of measured) {
    const middle = (of: keyof Ratios): number => Number(median(found.map((one) => one[of])).toPrecision(3));
    ratios[job] = { reference: middle('reference'), pace: middle('pace') };
    console.log(`${job.padEnd(20)} ${found.map(text).join('; ')}: ${text(ratios[job])}`);
  }
  writeFileSync(KEPT_FILE, `${JSON.stringify(ratios, null, 2)}\n`);
  return true;
}

function readKept(): KeptRatios {
  return existsSync(KEPT_FILE) ? (JSON.parse(readFileSync(KEPT_FILE, 'utf8')) as KeptRatios) : {};
}

/** Of the jobs, those that have a loop of numbers for their reference. */
function steadyOf(names: readonly string[]): readonly string[] {
  return jobs.filter((job) => names.includes(job.name) && referenceOf(job) === 'fused').map(({ name }) => name);
}

/** NaN where a checksum was wrong, and where the job has no column to be held against. */
async function shortRates(name: string, events: number | null, open: OpenTrack): Promise<Rates> {
  const job = jobs.find((one) => one.name === name);
  const reference = job === undefined ? undefined : referenceOf(job);
  if (job === undefined || reference === undefined) return { engine: Number.NaN, reference: Number.NaN };
  const result = await measureJob(job, {
    events: events ?? Math.min(CHECK_EVENTS, job.events),
    effort: CHECK_EFFORT,
    lanes: ['tidemark', reference],
    open,
  });
  for (const fault of result.faults) console.error(fault);
  return ratesOf(result, reference);
}

function text(ratios: Ratios | undefined): string {
  if (ratios === undefined) return 'nothing';
  const [reference, pace] = [ratios.reference, ratios.pace].map((ratio) =>
    Number.isNaN(ratio) ? '-' : ratio.toFixed(3),
  );
  return `${reference} x reference, ${pace} x pace`;
}

async function runInNode(options: BenchOptions): Promise<boolean> {
  const processes = new TrackProcesses(fileURLToPath(import.meta.url));
  const open: OpenTrack = (request) => processes.open(request);
  try {
    if (options.mode === 'check') return await checkKept(options, open);
    if (options.mode === 'keep') return await keep(options, open);
    return print(await measureAll(options, { place: 'node', jobs, open }), options.mode);
  } finally {
    processes.close();
  }
}

async function runInChromium(options: BenchOptions): Promise<boolean> {
  const workers = await TrackWorkers.start(WORKER_ENTRY);
  const open: OpenTrack = (request) => workers.open(request);
  try {
    const report = await measureAll(options, { place: 'chromium', jobs: browserJobs, open });
    return print({ ...report, machine: { ...report.machine, browser: workers.version } }, options.mode);
  } finally {
    await workers.close();
  }
}

if (process.argv[2] === CONTENDER) serveContender();
else {
  const args = process.argv.slice(2);
  const known = args.includes('--browser') ? browserJobs : jobs;
  const options = parseOptions(
    args,
    known.map((job) => job.name),
  );
  if (typeof options === 'string') {
    console.error(`${options}\n${USAGE}`);
    process.exitCode = 2;
  } else process.exitCode = (await (options.browser ? runInChromium(options) : runInNode(options))) ? 0 : 1;
}
