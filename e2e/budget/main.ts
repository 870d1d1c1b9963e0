// npm run budget: opens the built page in Chromium and pulls its first node from the moment it appears. The scripts that
// the page had received when the node could be dragged must fit the budget, gzipped; the list of all files says which those
// were. The same measurement with a script planted into the page has to break the budget, else it measures nothing.
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { chromiumLaunch } from '../chromium.ts';
import { startPreview } from '../preview.ts';
import type { FirstDrag } from './first-drag.ts';
import { measureFirstDrag } from './first-drag.ts';
import type { Weight } from './weigh.ts';
import { gzipBytesOf, SCRIPT_MAX_BYTES, weigh } from './weigh.ts';

/** What arrives beside what is needed may be in time or not: the heaviest of some loads counts. */
const LOADS = 3;
const PORT = process.env['PORT'] ?? '4321';
const assets = join(process.env['DIST_DIR'] ?? 'dist', 'assets');

function inKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
}

function listFiles(weight: Weight): void {
  const early = new Set(weight.scripts.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)));
  console.log(`${'file'.padEnd(44)}${'raw'.padStart(10)}${'gzip'.padStart(10)}  script`);
  const names = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name));
  for (const name of names.sort((a, b) => Number(early.has(b)) - Number(early.has(a)))) {
    const content = readFileSync(join(assets, name));
    const when = name.endsWith('.css') ? '' : early.has(name) ? 'before the first drag' : 'later';
    console.log(`${name.padEnd(44)}${inKilobytes(content.length)}${inKilobytes(gzipBytesOf(content))}  ${when}`);
  }
}

/** A script more than the budget allows, in the head of the page. */
async function plantScript(page: Page): Promise<void> {
  const planted = `/* ${randomBytes(SCRIPT_MAX_BYTES).toString('base64')} */`;
  await page.route('**/planted.js', (route) => route.fulfill({ contentType: 'text/javascript', body: planted }));
  await page.route('**/', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('<head>', '<head><script src="./planted.js"></script>');
    await route.fulfill({ response, body });
  });
}

async function heaviestOf(browser: Browser, address: string): Promise<FirstDrag & { readonly weight: Weight }> {
  const loads = [];
  for (let load = 0; load < LOADS; load++) {
    const drag = await measureFirstDrag(browser, address);
    loads.push({ ...drag, weight: weigh(drag.files) });
  }
  const [heaviest] = loads.sort((a, b) => b.weight.gzipBytes - a.weight.gzipBytes);
  if (heaviest === undefined) throw new Error('The page was never opened.');
  return heaviest;
}

async function measure(browser: Browser, address: string): Promise<boolean> {
  const { atMs, weight } = await heaviestOf(browser, address);
  listFiles(weight);
  const verdict = weight.fits ? 'fits' : 'IS OVER THE BUDGET';
  console.log(
    `script until the first node can be dragged: ${inKilobytes(weight.gzipBytes).trim()} of ` +
      `${inKilobytes(SCRIPT_MAX_BYTES).trim()} ${verdict}; ${weight.scripts.length} files, ${atMs.toFixed(0)} ms`,
  );
  const control = weigh((await measureFirstDrag(browser, address, plantScript)).files);
  const isCaught = !control.fits && control.gzipBytes > weight.gzipBytes;
  console.log(`with a script planted: ${inKilobytes(control.gzipBytes).trim()}, ${isCaught ? 'caught' : 'NOT CAUGHT'}`);
  return weight.fits && isCaught;
}

const preview = startPreview(PORT);
try {
  const browser = await chromium.launch(chromiumLaunch());
  process.exitCode = (await measure(browser, preview.address)) ? 0 : 1;
  await browser.close();
} finally {
  preview.stop();
}
