// npm run perf:ui [-- --events N]: runs the first template in Chromium at full speed and prints what the page's own thread
// did meanwhile: tasks over 50 ms, and scripting a tick. Fails when such a task came later than 2 s after the start.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { chromiumLaunch } from '../chromium.ts';
import { graphWithEvents } from './graph.ts';

const WARM_UP_MS = 2_000;
const LONG_TASK_MS = 50;
const PORT = process.env['PORT'] ?? '4319';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } });
const events = Number(values.events);
if (!Number.isInteger(events) || events < 1) {
  console.error('usage: npm run perf:ui [-- --events N]');
  process.exit(2);
}

interface Task {
  readonly startMs: number;
  readonly durationMs: number;
}

function serve(): ChildProcess {
  return spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', '--strictPort', '--port', PORT], {
    stdio: 'ignore',
  });
}

async function openPage(page: Page): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await page.goto(`http://localhost:${PORT}/`);
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Seconds of scripting and of all tasks so far, by the browser's own count. */
async function metrics(session: CDPSession): Promise<{ scriptMs: number; taskMs: number }> {
  const { metrics: all } = await session.send('Performance.getMetrics');
  const read = (name: string): number => 1_000 * (all.find((metric) => metric.name === name)?.value ?? 0);
  return { scriptMs: read('ScriptDuration'), taskMs: read('TaskDuration') };
}

async function measure(page: Page): Promise<number> {
  await openPage(page);
  await page.locator('footer[data-status="running"]').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await importGraph(page);
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Max', exact: true }).click();

  await page.evaluate((longMs) => {
    const state = { tasks: [] as { startMs: number; durationMs: number }[], ticks: 0, startedAt: performance.now() };
    (globalThis as unknown as { perf: typeof state }).perf = state;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        if (duration > longMs) state.tasks.push({ startMs: startTime - state.startedAt, durationMs: duration });
      }
    }).observe({ type: 'longtask' });
    const bar = document.querySelector('footer[data-status]');
    if (bar !== null) {
      new MutationObserver(() => state.ticks++).observe(bar, { subtree: true, characterData: true, childList: true });
    }
  }, LONG_TASK_MS);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');

  await page.getByRole('button', { name: 'Play' }).click();
  const startedAt = performance.now();
  await page.evaluate(() => {
    (globalThis as unknown as { perf: { startedAt: number } }).perf.startedAt = performance.now();
  });
  const before = await metrics(session);
  await page.locator('footer[data-status="ended"]').waitFor({ timeout: 120_000 });
  const tookMs = performance.now() - startedAt;
  const after = await metrics(session);
  const { tasks, ticks } = await page.evaluate(
    () => (globalThis as unknown as { perf: { tasks: Task[]; ticks: number } }).perf,
  );
  const late = tasks.filter((task) => task.startMs > WARM_UP_MS);
  const rows = events + Math.floor(events / 10);
  console.log(
    `${rows.toLocaleString('en')} events in ${(tookMs / 1_000).toFixed(1)} s, ${Math.round(rows / tookMs)} k/s`,
  );
  console.log(`${ticks} ticks, ${(ticks / (tookMs / 1_000)).toFixed(1)} a second`);
  console.log(`scripting ${((after.scriptMs - before.scriptMs) / ticks).toFixed(1)} ms a tick`);
  console.log(`all tasks ${((after.taskMs - before.taskMs) / ticks).toFixed(1)} ms a tick`);
  for (const { startMs, durationMs } of tasks) {
    console.log(`task of ${durationMs.toFixed(0)} ms at ${(startMs / 1_000).toFixed(2)} s`);
  }
  console.log(`${late.length} tasks over ${LONG_TASK_MS} ms after the first ${WARM_UP_MS / 1_000} s`);
  return late.length === 0 ? 0 : 1;
}

async function importGraph(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Document:/ }).click();
  await page.getByRole('menuitem', { name: 'Import' }).click();
  const content = JSON.stringify(graphWithEvents(events));
  await (await chooser).setFiles({ name: 'perf.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await page.locator('footer[data-status="running"], footer[data-status="paused"]').waitFor();
}

const server = serve();
try {
  const browser = await chromium.launch(chromiumLaunch());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  process.exitCode = await measure(page);
  await browser.close();
} finally {
  server.kill();
}
