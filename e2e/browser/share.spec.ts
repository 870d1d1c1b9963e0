import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { expectSound } from './sound.ts';
import { chooseFromMenu, exportedGraph, newGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });

/** A page of somebody else, that shows a graph in a frame. */
let other: Server;
let frameCode = '';

test.beforeAll(async () => {
  other = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end(`<!doctype html><title>Other</title><h1>Blog</h1>${frameCode}`),
  );
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  other.close();
});

async function shared(page: Page): Promise<{ readonly link: string; readonly frame: string }> {
  await chooseFromMenu(page, 'Share');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  const frame = await dialog.getByRole('textbox', { name: 'Code of the frame' }).inputValue();
  await expect(dialog).toContainText(`${link.length.toLocaleString('en')} characters`);
  await dialog.getByRole('button', { name: 'Copy' }).first().click();
  await expect(dialog.getByRole('status').first()).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await page.keyboard.press('Escape');
  return { link, frame };
}

test('a link carries the whole graph; it opens beside the other’s own work, does not run, and is opened once', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('./');
  await expect(node(page, 'Clicks')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Document:/ })).toBeVisible();
  const { link } = await shared(page);
  expect(link.startsWith(baseURL ?? '')).toBe(true);
  const graph = await exportedGraph(page);

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const visitor = await context.newPage();
  await newGraph(visitor);
  await visitor.goto(link);
  await expect(node(visitor, 'Clicks')).toBeVisible();
  await expect(visitor.getByText('It does not run until you say so.')).toBeVisible();
  expect(await exportedGraph(visitor)).toBe(graph);
  expect(new URL(visitor.url()).hash).toBe('');
  await expect(visitor.getByRole('button', { name: 'Play' })).toBeEnabled();
  await visitor.getByRole('button', { name: 'Play' }).click();
  await expect(visitor.getByRole('button', { name: 'Pause' })).toBeVisible();
  await visitor.reload();
  await expect(node(visitor, 'Clicks')).toBeVisible();
  await expect(visitor.getByRole('button', { name: 'Play' })).toBeVisible();
  await context.close();
});

test('what is no whole link is refused with a reason, and the work stays', async ({ page }) => {
  await newGraph(page);
  const dialog = page.getByRole('dialog', { name: 'The link was not opened' });
  const bomb = deflateRawSync(Buffer.alloc(100_000_000, 'a'), { level: 9 }).toString('base64url');
  const nonsense: readonly (readonly [string, RegExp])[] = [
    ['#g=nonsense', /cut or damaged.*Copy the whole link again/s],
    ['#g=1.abc.AAAA', /cut or damaged/],
    ['#g=7.abc.AAAA', /version 7/],
    [`#g=1.abc.${bomb}`, /larger than 5,000,000 bytes/],
  ];
  for (const [hash, says] of nonsense) {
    // As a link that is followed in the same tab.
    await page.evaluate((to) => location.assign(to), hash);
    await expect(dialog.getByRole('list', { name: 'Problems' })).toContainText(says);
    await dialog.getByRole('button', { name: 'Keep my graph' }).click();
    await expect(dialog).toBeHidden();
    expect(new URL(page.url()).hash).toBe('');
  }
  await expect(page.getByRole('button', { name: 'Document: Untitled' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
  // As one that is opened anew.
  await page.goto('./?again#g=nonsense');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep my graph' }).click();
  await expect(page.getByRole('button', { name: 'Document: Untitled' })).toBeVisible();
});

test('a frame of another page shows the graph and runs it', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: /^Document:/ })).toBeVisible();
  const { frame } = await shared(page);
  frameCode = frame;
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  const embedded = page.frameLocator('iframe');
  await expect(embedded.getByRole('article', { name: 'Clicks', exact: true })).toBeVisible();
  await expect(page.locator('iframe')).toHaveAttribute('title', 'Clicks to purchases in Tidemark');
  await expect(embedded.getByRole('navigation', { name: 'Operators' })).toHaveCount(0);
  await expect(embedded.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0);
  await embedded.getByRole('button', { name: 'Play' }).click();
  await expect(embedded.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(embedded.locator('[data-clock="event time"]')).not.toHaveAttribute('data-time', '');

  await embedded.getByRole('article', { name: 'Clicks', exact: true }).click();
  await expect(embedded.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  const out = embedded.getByRole('link', { name: 'Open in Tidemark' });
  await expect(out).toHaveAttribute('target', '_blank');
  await expect(out).toHaveAttribute('rel', 'noopener');
  expect(await out.getAttribute('href')).not.toContain('embed');
});

test('a frame plays by itself when its page asks for it, keeps nothing, and says when it holds no graph', async ({
  page,
  browser,
}) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: /^Document:/ })).toBeVisible();
  const { link } = await shared(page);
  const context = await browser.newContext({ viewport: { width: 960, height: 480 } });
  const frame = await context.newPage();
  await frame.goto(link.replace('#', '?embed=1&autoplay=1#'));
  await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible();
  await node(frame, 'Clicks').click();
  await expectSound(frame);
  await frame.keyboard.press('Delete');
  await expect(node(frame, 'Clicks')).toBeVisible();
  const kept = await frame.evaluate(async () => [...(await indexedDB.databases()), ...Object.keys(localStorage)]);
  expect(kept).toEqual([]);
  await frame.goto(new URL('./?embed=1', link).href);
  await expect(frame.getByRole('list', { name: 'Problems' })).toContainText('This frame holds no graph');
  await context.close();
});
