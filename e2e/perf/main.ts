// npm run perf:ui [-- --events N] [-- --runs N] [-- --only graph|run]: two measurements of the page's own thread, in Chromium.
//
// A graph of 500 nodes and 700 edges is opened and worked with: medians of the runs beside their goals. What takes the
// thread is counted on the processor; opening on the wall, so that there the load of the machine counts, too. A goal that
// is missed makes the exit code 1.
//
// The first template runs at full speed with the plane, the charts, the track and a node's state open: tasks over 50 ms, and
// scripting a tick. Two verdicts on what came later than 2 s after the start, one line each:
//
//   processor  tasks that took over 50 ms of a processor; any of them is the page's fault, and the exit code is 1
//   wall       long tasks as the page's own PerformanceObserver sees them; a task that waits for a processor is long, too,
//              so the load of the machine stands beside it: below one a processor it is the page's fault
//
// Then the plane is dragged: scripting a frame, on the processor. At last the track is pressed all over: how long it takes
// until the run is shown there, on the wall.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { importGraph } from '../browser/workbench.ts';
import { chromiumLaunch } from '../chromium.ts';
import { openPage, startPreview } from '../preview.ts';
import { graphWithEvents } from './graph.ts';
import type { Cost } from './judge.ts';
import { judge } from './judge.ts';
import { largeGraphCosts } from './large-graph-costs.ts';
import { panPlane } from './panning.ts';
import { seekAround } from './seeking.ts';
import { TRACE_CATEGORIES, mainThreadTasks } from './tasks.ts';

const WARM_UP_MS = 2_000;
const LONG_TASK_MS = 50;
const PORT = process.env['PORT'] ?? '4319';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
  },
});
const events = Number(values.events);
const runs = Number(values.runs);
if (
  ![events, runs].every((count) => Number.isInteger(count) && count >= 1) ||
  ![undefined, 'graph', 'run'].includes(values.only)
) {
  console.error('usage: npm run perf:ui [-- --events N] [-- --runs N] [-- --only graph|run]');
  process.exit(2);
}

/** Counts how often the position of the run changes on the screen. */
async function countTicks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const state = { ticks: 0 };
    (globalThis as unknown as { perf: typeof state }).perf = state;
    const bar = document.querySelector('footer[data-status]');
    if (bar === null) throw new Error('The page has no run bar.');
    new MutationObserver(() => state.ticks++).observe(bar, { subtree: true, characterData: true, childList: true });
  });
}

/** Scripting of the page's thread so far, by the browser's own count. */
async function scriptMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1_000 * (metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? 0);
}

interface LongTask {
  readonly startMs: number;
  readonly wallMs: number;
}

/** Long tasks of the page from now on, on its own clock: the browser's threshold is the 50 ms that count here. */
async function observeLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { startMs: number; wallMs: number }[] = [];
    const fromMs = performance.now();
    (globalThis as unknown as { longTasks: typeof seen }).longTasks = seen;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        seen.push({ startMs: startTime - fromMs, wallMs: duration });
      }
    }).observe({ entryTypes: ['longtask'] });
  });
}

function longTasks(page: Page): Promise<readonly LongTask[]> {
  return page.evaluate(() => (globalThis as unknown as { longTasks: readonly LongTask[] }).longTasks);
}

/** `ok`, or how many and the longest. */
function verdict(tasksMs: readonly number[]): string {
  if (tasksMs.length === 0) return `ok, none over ${LONG_TASK_MS} ms`;
  return `FAIL, ${tasksMs.length} over ${LONG_TASK_MS} ms, the longest ${Math.max(...tasksMs).toFixed(0)} ms`;
}

/** All that draws while a run goes on: plane, track, the charts that have room, and what the watched node keeps. */
async function openAll(page: Page): Promise<void> {
  await page.getByRole('article', { name: 'Clicks per user', exact: true }).click();
  await page.getByRole('tab', { name: 'State' }).click();
  await page.locator('[data-chart]').first().waitFor();
  await page.locator('[data-plane]').waitFor();
}

async function measure(browser: Browser, page: Page): Promise<number> {
  await openPage(page, preview.address);
  await page.locator('footer[data-status="running"]').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await importGraph(page, 'perf.json', JSON.stringify(graphWithEvents(events)));
  await page.locator('footer[data-status="running"], footer[data-status="paused"]').waitFor();
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Max', exact: true }).click();
  await openAll(page);
  await countTicks(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');

  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await observeLongTasks(page);
  const before = await scriptMs(session);
  const startedAt = performance.now();
  await page.getByRole('button', { name: 'Play' }).click();
  await page.locator('footer[data-status="ended"]').waitFor({ timeout: 120_000 });
  const tookMs = performance.now() - startedAt;
  const scripting = (await scriptMs(session)) - before;
  const load = loadavg()[0] ?? 0;
  const onWall = (await longTasks(page)).filter(({ startMs }) => startMs > WARM_UP_MS).map(({ wallMs }) => wallMs);
  const tasks = mainThreadTasks(await browser.stopTracing());
  const ticks = await page.evaluate(() => (globalThis as unknown as { perf: { ticks: number } }).perf.ticks);

  const rows = events + Math.floor(events / 10);
  const cpuMs = tasks.reduce((sum, task) => sum + task.cpuMs, 0);
  const settled = tasks.filter((task) => task.startMs > WARM_UP_MS);
  const tooLong = settled.filter((task) => task.cpuMs > LONG_TASK_MS);
  for (const { startMs, cpuMs: cpu, wallMs } of tasks.filter((task) => task.cpuMs > LONG_TASK_MS)) {
    console.log(
      `at ${(startMs / 1_000).toFixed(2)} s a task of ${cpu.toFixed(0)} ms, ${wallMs.toFixed(0)} ms on the wall`,
    );
  }
  console.log(`${rows.toLocaleString('en')} events in ${(tookMs / 1_000).toFixed(1)} s; ${ticks} ticks`);
  console.log(`scripting ${(scripting / ticks).toFixed(1)} ms a tick on the wall`);
  console.log(`all tasks ${(cpuMs / ticks).toFixed(1)} ms a tick on the processor`);
  console.log(`longest task after the first 2 s ${Math.max(0, ...settled.map((task) => task.cpuMs)).toFixed(0)} ms`);
  const processors = availableParallelism();
  const busy = load > processors ? ', busy: tasks wait for a processor' : '';
  console.log(`processor: ${verdict(tooLong.map((task) => task.cpuMs))} after the first 2 s`);
  console.log(
    `wall: ${verdict(onWall)} after the first 2 s; load average ${load.toFixed(1)} on ${processors} processors${busy}`,
  );
  const panning = await panPlane(browser, page);
  return Math.max(tooLong.length === 0 ? 0 : 1, panning, await seekAround(page));
}

/** Medians of runs in fresh pages, each beside its goal. */
async function measureLargeGraph(browser: Browser): Promise<number> {
  const all: (readonly Cost[])[] = [];
  for (let run = 0; run < runs; run++) all.push(await largeGraphCosts(browser, preview.address));
  const load = loadavg()[0] ?? 0;
  console.log(`500 nodes, 700 edges: medians of ${runs}; load average ${load.toFixed(1)}`);
  const { lines, exitCode } = judge(all);
  for (const line of lines) console.log(line);
  return exitCode;
}

const preview = startPreview(PORT);
try {
  const browser = await chromium.launch(chromiumLaunch());
  process.exitCode = values.only === 'run' ? 0 : await measureLargeGraph(browser);
  if (values.only !== 'graph') {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    process.exitCode = Math.max(process.exitCode, await measure(browser, page));
  }
  await browser.close();
} finally {
  preview.stop();
}
