import type { Browser, CDPSession, Page } from '@playwright/test';
import { TRACE_CATEGORIES, mainThreadTasks } from './tasks.ts';

/** The page's own thread, told apart by what the browser counts on the processor: waiting for one is nobody's cost. */
export class PageThread {
  readonly page: Page;
  private readonly browser: Browser;
  private readonly session: CDPSession;

  private constructor(page: Page, browser: Browser, session: CDPSession) {
    this.page = page;
    this.browser = browser;
    this.session = session;
  }

  static async of(browser: Browser, page: Page): Promise<PageThread> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new PageThread(page, browser, session);
  }

  /** Of everything that `act` brings about, also a little later. */
  async longestTaskMs(act: () => Promise<unknown>): Promise<number> {
    await this.browser.startTracing(this.page, { categories: TRACE_CATEGORIES });
    await act();
    await this.settle();
    const tasks = mainThreadTasks(await this.browser.stopTracing());
    return Math.max(0, ...tasks.map((task) => task.cpuMs));
  }

  /** So far. */
  async scriptMs(): Promise<number> {
    return 1_000 * (await this.metric('ScriptDuration'));
  }

  async metric(name: string): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === name)?.value ?? 0;
  }

  /** Of JavaScript, after everything that nobody holds is gone. */
  async heapBytes(): Promise<number> {
    await this.session.send('HeapProfiler.collectGarbage');
    return (await this.session.send('Runtime.getHeapUsage')).usedSize;
  }

  async frame(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }

  /** Until what waits for a pause of the user has been done. */
  private settle(): Promise<void> {
    return this.page.waitForTimeout(SETTLE_MS);
  }
}

const SETTLE_MS = 800;
