import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../../chromium.ts';
import type { JobRequest, JobRunner } from '../job-request.ts';
import { failure } from '../job-request.ts';
import type { JobResult } from '../measure.ts';
import type { BenchServer } from './bench-server.ts';
import { serveBench } from './bench-server.ts';

interface Answer {
  readonly result?: JobResult;
  readonly error?: string;
}

/** Measures each job in a fresh worker of a fresh page of Chromium. */
export class JobWorkers implements JobRunner {
  readonly version: string;
  private readonly browser: Browser;
  private readonly server: BenchServer;

  private constructor(browser: Browser, server: BenchServer) {
    this.browser = browser;
    this.server = server;
    this.version = `Chromium ${browser.version()}`;
  }

  static async start(workerEntry: string): Promise<JobWorkers> {
    const server = await serveBench(workerEntry);
    return new JobWorkers(await chromium.launch(chromiumLaunch()), server);
  }

  async measure(request: JobRequest): Promise<JobResult> {
    const context = await this.browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(this.server.url);
      const { result, error = 'its worker gave nothing' } = await ask(page, request);
      return result ?? failure(request.job, error);
    } finally {
      await context.close();
    }
  }

  async close(): Promise<void> {
    this.server.close();
    await this.browser.close();
  }
}

function ask(page: Page, request: JobRequest): Promise<Answer> {
  return page.evaluate(
    (asked) =>
      new Promise<Answer>((resolve) => {
        const worker = new Worker('worker.js', { type: 'module' });
        worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
        worker.onerror = ({ message }) => resolve({ error: message });
        worker.postMessage(asked);
      }),
    request,
  );
}
