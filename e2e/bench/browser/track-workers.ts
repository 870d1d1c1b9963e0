import type { Browser, Page } from '@playwright/test';
import { chromiumLaunch } from '../../chromium.ts';
import type { Answer, Order } from '../orders.ts';
import { keptTrack } from '../orders.ts';
import type { Track, TrackRequest } from '../track.ts';
import type { BenchServer } from './bench-server.ts';
import { serveBench } from './bench-server.ts';

/** Keeps each contender in a worker of a page of its own, in Chromium. */
export class TrackWorkers {
  readonly version: string;
  private readonly browser: Browser;
  private readonly server: BenchServer;

  private constructor(browser: Browser, server: BenchServer) {
    this.browser = browser;
    this.server = server;
    this.version = `Chromium ${browser.version()}`;
  }

  static async start(workerEntry: string): Promise<TrackWorkers> {
    const server = await serveBench(workerEntry);
    // Here, because processes that keep a contender would carry its 30 MB through every collection.
    const { chromium } = await import('@playwright/test');
    return new TrackWorkers(await chromium.launch(chromiumLaunch()), server);
  }

  async open(request: TrackRequest): Promise<Track> {
    const context = await this.browser.newContext();
    const page = await context.newPage();
    await page.goto(this.server.url);
    await page.evaluate(() => {
      (globalThis as unknown as { bench: Worker }).bench = new Worker('worker.js', { type: 'module' });
    });
    return keptTrack(
      request,
      (order) => tell(page, order),
      () => context.close(),
    );
  }

  async close(): Promise<void> {
    this.server.close();
    await this.browser.close();
  }
}

function tell(page: Page, order: Order): Promise<Answer> {
  return page.evaluate(
    (told) =>
      new Promise<Answer>((resolve) => {
        const { bench } = globalThis as unknown as { bench: Worker };
        bench.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
        bench.onerror = ({ message }) => resolve({ error: message });
        bench.postMessage(told);
      }),
    order,
  );
}
