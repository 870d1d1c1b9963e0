import type { Page } from '@playwright/test';
import { expect } from './page-test.ts';

/** Writes down all that is read out from now on, in `window.heard`: the next words may come before anyone looks. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const note = (): void => {
      for (const { textContent } of document.querySelectorAll('[role="status"]')) {
        if (textContent !== heard.at(-1)) heard.push(textContent);
      }
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** It was read out since `listen`. */
export async function expectHeard(page: Page, text: RegExp): Promise<void> {
  await expect
    .poll(async () => {
      const heard = await page.evaluate(() => (window as unknown as { heard: readonly string[] }).heard);
      return heard.some((each) => text.test(each));
    })
    .toBe(true);
}
