import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseFromMenu, exportedGraph, newGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

function saved(page: Page): Locator {
  return page.locator('[data-saving="saved"]');
}

function banner(page: Page): Locator {
  return page.getByRole('region', { name: 'About this document' });
}

function documentNamed(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Document: ${name}`, exact: true });
}

async function rename(page: Page, name: string): Promise<void> {
  await chooseFromMenu(page, 'Rename');
  await page.getByRole('textbox', { name: 'Name of the document' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(documentNamed(page, name)).toBeVisible();
}

/** The first template under another name: no draft any more, and saved. */
async function ownDocument(page: Page, name: string): Promise<void> {
  await page.goto('./');
  await expect(node(page, 'Clicks')).toBeVisible();
  await rename(page, name);
  // Keys are heard a little later than the bar is there.
  await expect(async () => {
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Saved in this browser.')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await namesInStorage(page)).toContain(name);
}

/** What another program would find in the browser's storage. */
function namesInStorage(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('tidemark');
        opening.onerror = () => reject(new Error('No storage.'));
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('entries')) {
            database.close();
            return resolve([]);
          }
          const all = database.transaction('entries').objectStore('entries').getAll();
          all.onsuccess = () => {
            database.close();
            resolve((all.result as { name: string }[]).map(({ name }) => name));
          };
        };
      }),
  );
}

async function drag(page: Page, target: Locator, by: { x: number; y: number }, isDropped: boolean): Promise<void> {
  const box = (await target.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + 12];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 });
  if (isDropped) await page.mouse.up();
}

test('what is drawn is there after a reload, at once and in the middle of a drag; and the list has it all', async ({
  page,
}) => {
  await ownDocument(page, 'Mine');
  await node(page, 'Clicks').click();
  await page.keyboard.press('Delete');
  await expect(node(page, 'Clicks')).toHaveCount(0);
  // Saving is not waited for: the page puts it down as it goes.
  await page.reload();
  await expect(documentNamed(page, 'Mine')).toBeVisible();
  await expect(node(page, 'Real pages')).toBeVisible();
  await expect(node(page, 'Clicks')).toHaveCount(0);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Undo' })).toBeDisabled();

  await drag(page, node(page, 'Real pages'), { x: 40, y: 40 }, true);
  await expect(saved(page)).toBeAttached();
  const settled = await exportedGraph(page);
  await drag(page, node(page, 'Real pages'), { x: 60, y: 20 }, false);
  await page.reload();
  await expect(node(page, 'Real pages')).toBeVisible();
  expect(await exportedGraph(page)).toBe(settled);

  await chooseFromMenu(page, 'New');
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Documents' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('button', { name: 'Open Untitled' })).toHaveAttribute('aria-current', 'true');
  await dialog.getByRole('button', { name: 'Duplicate Mine' }).click();
  await expect(dialog.getByRole('button', { name: 'Open Mine 2' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Rename Mine 2' }).click();
  await page.getByRole('textbox', { name: 'New name of Mine 2' }).fill('Other');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Delete Mine', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Open Mine', exact: true })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('button', { name: 'Open Mine', exact: true })).toBeVisible();
  await dialog.getByRole('searchbox', { name: 'Search documents' }).fill('oth');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(documentNamed(page, 'Other')).toBeVisible();
  await expect(node(page, 'Real pages')).toBeVisible();
  // The empty graph was a draft, and is gone.
  await expect.poll(() => namesInStorage(page)).toEqual(expect.not.arrayContaining(['Untitled']));
  // Undo goes back to it all the same.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('a page that crashes loses nothing that was saved', async ({ page, context, complaints }) => {
  await ownDocument(page, 'Before the crash');
  await node(page, 'Clicks').click();
  await page.keyboard.press('Delete');
  await expect(saved(page)).toBeAttached();
  const before = await exportedGraph(page);
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  complaints.splice(0);

  const next = await context.newPage();
  await next.goto('./');
  await expect(documentNamed(next, 'Before the crash')).toBeVisible();
  expect(await exportedGraph(next)).toBe(before);
  await expect(banner(next)).toHaveCount(0);
  // Nobody has asked for a run.
  await expect(next.getByRole('button', { name: 'Play' })).toBeVisible();
  await page.close();
});

async function secondPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('./');
  await expect(banner(page)).toContainText('Open in another tab');
  return page;
}

test('a second tab reads only; it makes a copy or takes over, and then the first one reads only', async ({
  page,
  context,
}) => {
  await ownDocument(page, 'Shared');
  const second = await secondPage(context);
  const before = await exportedGraph(second);
  await node(second, 'Clicks').click();
  await second.keyboard.press('Delete');
  await expect(second.getByText('Nothing was changed.')).toBeVisible();
  await drag(second, node(second, 'Clicks'), { x: 40, y: 40 }, true);
  expect(await exportedGraph(second)).toBe(before);
  await second.getByRole('button', { name: 'Play' }).click();
  await expect(second.getByRole('button', { name: 'Pause' })).toBeVisible();
  await second.keyboard.press('Control+o');
  const dialog = second.getByRole('dialog', { name: 'Documents' });
  await expect(dialog.getByText('Open in another tab')).toBeVisible();
  await second.keyboard.press('Escape');

  await banner(second).getByRole('button', { name: 'Take over' }).click();
  await expect(banner(second)).toHaveCount(0);
  await expect(banner(page)).toContainText('taken this document over');
  await node(second, 'Clicks').click();
  await second.keyboard.press('Delete');
  await expect(node(second, 'Clicks')).toHaveCount(0);

  await banner(page).getByRole('button', { name: 'Make a copy' }).click();
  await expect(documentNamed(page, 'Shared 2')).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await rename(page, 'A copy');
  await expect.poll(() => namesInStorage(page)).toEqual(expect.arrayContaining(['A copy', 'Shared']));
  await second.reload();
  await expect(documentNamed(second, 'Shared')).toBeVisible();
  await expect(node(second, 'Clicks')).toHaveCount(0);
  await expect(banner(second)).toHaveCount(0);

  // What nobody writes any more is the reader's to write.
  const third = await context.newPage();
  await third.goto('./');
  await expect(banner(third)).toContainText('Open in another tab');
  await Promise.all([page.close(), second.close()]);
  await expect(banner(third)).toHaveCount(0);
  await rename(third, 'Inherited');
  await expect.poll(() => namesInStorage(third)).toContain('Inherited');
});

test('where the browser keeps nothing, the work goes on, and a banner offers the file', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('Denied.', 'SecurityError');
      },
    });
  });
  await newGraph(page);
  await expect(banner(page)).toContainText('Not saved: the browser lets this page keep nothing');
  await expect(page.getByRole('status').filter({ hasText: 'Not saved' })).toBeAttached();
  await chooseFromMenu(page, 'Rename');
  await page.getByRole('textbox', { name: 'Name of the document' }).fill('In memory');
  await page.keyboard.press('Enter');
  const download = page.waitForEvent('download');
  await banner(page).getByRole('button', { name: 'Download a copy' }).click();
  expect((await download).suggestedFilename()).toBe('in-memory.json');
  await banner(page).getByRole('button', { name: 'Try again' }).click();
  await expect(banner(page)).toBeVisible();
});

test('a full storage is told of, and the banner goes when there is room again', async ({ page }) => {
  await ownDocument(page, 'Growing');
  // The requests succeed; it is the transaction that ends for want of space.
  await page.evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the store that it was asked of
    const put = IDBObjectStore.prototype.put;
    const broken = window as unknown as { room?: () => void };
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given) {
      const request = put.apply(this, given);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
    broken.room = () => {
      IDBObjectStore.prototype.put = put;
    };
  });
  await node(page, 'Clicks').click();
  await page.keyboard.press('Delete');
  await expect(banner(page)).toContainText('Not saved');
  await node(page, 'Real pages').click();
  await page.keyboard.press('Delete');
  await expect(node(page, 'Real pages')).toHaveCount(0);
  await page.evaluate(() => (window as unknown as { room: () => void }).room());
  // It tries again by itself, too: the button may go while it is looked for.
  await page.keyboard.press('Control+s');
  await expect(banner(page)).toHaveCount(0);
  await page.reload();
  await expect(documentNamed(page, 'Growing')).toBeVisible();
  await expect(node(page, 'Real pages')).toHaveCount(0);
});

test('a message that is said once more as it leaves is said', async ({ page }) => {
  await ownDocument(page, 'Said twice');
  const message = page.getByRole('listitem').filter({ hasText: 'Saved in this browser.' });
  await page.evaluate(() => {
    const leaving = new MutationObserver(() => {
      const first = document.querySelector('li[data-sonner-toast][data-removed="true"]');
      if (first === null) return;
      leaving.disconnect();
      document.documentElement.dataset['leaving'] = 'seen';
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 's', code: 'KeyS', ctrlKey: true, bubbles: true }),
      );
    });
    leaving.observe(document.body, { subtree: true, attributeFilter: ['data-removed'] });
  });
  await expect(page.locator('html[data-leaving="seen"]')).toHaveCount(1);
  await expect(page.locator('[data-sonner-toast][data-removed="true"]')).toHaveCount(0);
  await expect(message).toHaveCount(1);
});
