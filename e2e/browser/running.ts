import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** What the journeys do with a run, in the words of its roles and names. */

/** Carries `data-status`. */
export function status(page: Page): Locator {
  return page.locator('footer[data-status]');
}

export async function chooseSpeed(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemcheckbox', { name, exact: true }).click();
}

export async function runToEnd(page: Page): Promise<void> {
  await chooseSpeed(page, 'Max');
  const kind = () => status(page).getAttribute('data-status');
  const play = page.getByRole('button', { name: 'Play' });
  // What was just opened or edited may stand for a moment, and go by itself just when it is told to.
  await expect(async () => {
    if ((await kind()) === 'paused') await play.click({ timeout: 5_000 });
    expect(await kind()).toBe('ended');
  }).toPass({ intervals: [500] });
}

/** Epoch ms of one of the clocks at the top; NaN for none. */
export async function clockOf(page: Page, name: 'event time' | 'watermark' | 'processing'): Promise<number> {
  const time = await page.locator(`[data-clock="${name}"]`).getAttribute('data-time');
  return time === null || time === '' ? Number.NaN : Number(time);
}

export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByLabel('Time deck').getByRole('radio', { name }).click();
}

interface LedgerNode {
  readonly in: number;
  readonly late: number;
  readonly emitted: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Ledger {
  readonly run: { readonly entries: number };
  readonly nodes: Readonly<Record<string, LedgerNode & Readonly<Record<string, unknown>>>>;
}

interface Shown {
  readonly source: string;
  readonly text: string;
  readonly title: string;
}

/** `12,482` or, with its full value in the title, `1.24 M` and `3.6 KiB`. */
function numberOf({ text, title }: Shown): number {
  const exact = /[A-Za-z]$/.test(text) ? title : text;
  return exact === '–' ? Number.NaN : Number(exact.replaceAll(',', ''));
}

/** The ledger as the engine has it, by the button that saves it. */
export async function savedLedger(page: Page): Promise<Ledger> {
  await openTab(page, 'Ledger');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the ledger' }).click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Ledger;
}

/**
 * All numbers with a `data-source` on the screen, with the deck's ledger and then its charts in view, by source; each was
 * compared with the engine's own ledger. The run must stand.
 */
export async function ledgerOnScreen(page: Page): Promise<ReadonlyMap<string, number>> {
  const ledger = await savedLedger(page);
  const seen = new Map<string, number>();
  for (const tab of ['Ledger', 'Charts']) {
    await openTab(page, tab);
    const all = await page.locator('[data-source^="ledger:"]').evaluateAll((elements) =>
      elements.map((element): Shown => ({
        source: element.getAttribute('data-source') ?? '',
        text: element.textContent.trim(),
        title: element.getAttribute('title') ?? '',
      })),
    );
    for (const shown of all) {
      const value = numberOf(shown);
      expect([shown.source, value]).toEqual([shown.source, expectedOf(ledger, shown.source)]);
      seen.set(shown.source, value);
    }
  }
  return seen;
}

/** The first template's. */
const SOURCES = ['clicks', 'purchases'];

function expectedOf(ledger: Ledger, source: string): number {
  const [, nodeId = '', field = ''] = source.split(':');
  const all = Object.values(ledger.nodes);
  // Sums over nodes: of all, or of those that nothing flows into.
  if (nodeId === '*') return all.reduce((sum, node) => sum + Number(node[field]), 0);
  if (nodeId === 'sources') {
    return SOURCES.reduce((sum, id) => sum + Number(ledger.nodes[id]?.[field] ?? 0), 0);
  }
  const node = ledger.nodes[nodeId];
  if (node === undefined) return Number.NaN;
  const [part, port = ''] = field.split('.');
  if (part !== 'emitted') return Number(node[field]);
  return Object.values(node.emitted[port] ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Ends the thread as a crash does: from one moment to the next, with nothing said. It does nothing else for `busyMs` before. */
export async function endThread(page: Page, busyMs = 0): Promise<void> {
  const thread = page.workers().at(-1);
  if (thread === undefined) throw new Error('The page has no thread for the engine.');
  await thread.evaluate((ms) => {
    setTimeout(() => {
      for (const end = performance.now() + ms; performance.now() < end;);
      self.close();
    });
  }, busyMs);
}
