import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { runToEnd, status } from './running.ts';

/** The page's policy holds in the page and in the engine's thread: nothing is evaluated, nothing goes out. */

let foreign: Server;
let connections = 0;

test.beforeAll(async () => {
  foreign = createServer((_, response) => response.setHeader('Access-Control-Allow-Origin', '*').end('reached'));
  foreign.on('connection', () => connections++);
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  foreign.close();
});

test.beforeEach(() => {
  connections = 0;
});

type Outcome = Readonly<Record<string, string>>;

/**
 * Runs in the page or the worker, as a task of its own: code that a debugger evaluates may be let off the policy. Each
 * attack tells `blocked`, or what it got.
 */
function attack(origin: string): Promise<Outcome> {
  const host = new URL(origin).host;
  const tryCode = (run: () => unknown): string => {
    try {
      return `got ${String(run())}`;
    } catch (error) {
      return error instanceof EvalError ? 'blocked' : String(error);
    }
  };
  const closes = (target: WebSocket | EventSource): Promise<string> =>
    new Promise((resolve) => {
      target.onerror = () => resolve('blocked');
      target.onopen = () => resolve('got a connection');
    });
  const attacks: Record<string, () => string | Promise<string>> = {
    // eslint-disable-next-line no-eval -- the attack itself
    eval: () => tryCode(() => (0, eval)('40 + 2')),
    // eslint-disable-next-line no-new-func, @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the same
    'new Function': () => tryCode(() => new Function('return 42')() as unknown),
    fetch: () =>
      fetch(origin, { mode: 'no-cors' }).then(
        () => 'got an answer',
        () => 'blocked',
      ),
    WebSocket: () => closes(new WebSocket(`ws://${host}/`)),
    EventSource: () => closes(new EventSource(origin)),
  };
  if (typeof document !== 'undefined') {
    attacks['image'] = () =>
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve('got an image');
        image.onerror = () => resolve('blocked');
        image.src = `${origin}/image.png`;
      });
    attacks['script'] = () =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = () => resolve('got a script');
        script.onerror = () => resolve('blocked');
        script.src = `${origin}/script.js`;
        document.head.append(script);
      });
    // Says true even when the policy stops it: the connection count tells.
    attacks['sendBeacon'] = () => {
      navigator.sendBeacon(origin, 'x');
      return 'blocked';
    };
  } else {
    attacks['import'] = () =>
      import(`${origin}/module.js`).then(
        () => 'got a module',
        () => 'blocked',
      );
  }
  return new Promise((resolve) => {
    setTimeout(() => {
      void Promise.all(
        Object.entries(attacks).map(async ([name, run]): Promise<[string, string]> => {
          try {
            return [name, await run()];
          } catch {
            return [name, 'blocked'];
          }
        }),
      ).then((outcomes) => resolve(Object.fromEntries(outcomes)));
    });
  });
}

function foreignOrigin(): string {
  return `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
}

function expectAllBlocked(outcome: Outcome, count: number): void {
  expect(Object.keys(outcome)).toHaveLength(count);
  expect(Object.values(outcome).filter((result) => result !== 'blocked')).toEqual([]);
  expect(connections).toBe(0);
}

async function engineOf(page: Page): Promise<Worker> {
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  const [engine, ...others] = page.workers();
  expect(others).toEqual([]);
  if (engine === undefined) throw new Error('The engine has no thread.');
  return engine;
}

test('the page evaluates no text and reaches no other origin', async ({ page, complaints }) => {
  await page.goto('./');
  expectAllBlocked(await page.evaluate(attack, foreignOrigin()), 8);
  expect(complaints.splice(0)).not.toEqual([]);
});

test('neither does the engine: it starts from a blob, and so the page’s policy binds it', async ({
  page,
  complaints,
}) => {
  await page.goto('./');
  const engine = await engineOf(page);
  expect(engine.url()).toMatch(/^blob:http:/);
  expectAllBlocked(await engine.evaluate(attack, foreignOrigin()), 6);
  complaints.splice(0);
});

test('the attack is one: where no policy holds, it gets through', async ({ page, complaints }) => {
  await page.goto(foreignOrigin());
  const before = connections;
  const outcome = await page.evaluate(attack, foreignOrigin());
  expect(outcome['eval']).toBe('got 42');
  expect(outcome['new Function']).toBe('got 42');
  expect(outcome['fetch']).toBe('got an answer');
  expect(connections).toBeGreaterThan(before);
  complaints.splice(0);
});

test('a whole run violates nothing', async ({ page }) => {
  await page.goto('./');
  await engineOf(page);
  await runToEnd(page);
});
