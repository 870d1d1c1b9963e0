import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { graphNow, graphOf, node, openGraph } from './workbench.ts';

interface Graph {
  readonly dialect: string;
  readonly nodes: readonly { readonly config: Readonly<Record<string, unknown>> }[];
}

async function graph(page: Page): Promise<Graph> {
  // Away from any field: there the keys are the field's.
  await page.getByRole('article').first().focus();
  return JSON.parse(await graphNow(page)) as Graph;
}

test.use({ viewport: { width: 1440, height: 900 } });

const GENERATOR = {
  type: 'source.generator',
  label: 'Clicks',
  at: [0, 0],
  config: { rateEventsPerSec: 50, events: 20_000, partitions: 3, watermark: { delayMs: 2_000 } },
} as const;

const WINDOW = {
  type: 'window',
  label: 'Per user',
  at: [280, 0],
  config: {
    kind: 'tumbling',
    sizeMs: 10_000,
    keys: ['user_id'],
    aggregates: [{ name: 'clicks', function: 'count' }],
  },
} as const;

const GRAPH = graphOf(
  { clicks: GENERATOR, window: WINDOW, out: { type: 'sink', label: 'Table', at: [560, 0], config: { view: 'table' } } },
  ['clicks>window', 'window>out'],
);

test('a preset fills the fields in one step, says what it was measured on, and the picture follows the slider', async ({
  page,
}) => {
  await openGraph(page, GRAPH);
  await node(page, 'Clicks').click();
  const picture = page.getByRole('img', { name: /^Delays of the first/ });
  await expect(picture).toBeVisible();
  const preset = page.getByRole('combobox', { name: 'Preset' });
  await preset.selectOption({ label: 'Web page tracker' });
  await expect(page.getByText('Measured on the sample events of Snowplow’s e-commerce package.')).toBeVisible();
  await expect(picture).toHaveAccessibleName(/Half within 29\d\sms/);
  await expect(page.getByRole('textbox', { name: 'Median', exact: true }).first()).toHaveValue('289ms');
  await page.keyboard.press('Control+z');
  await expect(preset).toHaveValue('');

  const slider = page.getByRole('slider', { name: 'Mean, slider' });
  await slider.focus();
  await slider.press('End');
  await expect(page.getByRole('textbox', { name: 'Mean', exact: true })).toHaveValue('11d 13h 46m 40s');
  await page.getByRole('combobox', { name: 'Delay', exact: true }).selectOption('none');
  await expect(picture).toHaveAccessibleName(/the longest 0\s(ms|s)/);

  const seed = page.getByText(/^Seed \d+$/).first();
  const before = await seed.textContent();
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect(seed).not.toHaveText(before ?? '');
});

test('partitions show their share and silence; a cut while it runs keeps the past and is undone in one step', async ({
  page,
}) => {
  await openGraph(page, GRAPH);
  await node(page, 'Clicks').click();
  const partitions = page.getByRole('table', { name: 'Partitions' });
  await expect(partitions.getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Step one event', exact: true }).click();
  await page.getByRole('button', { name: 'Step one event', exact: true }).click();
  await expect(page.getByText(/^2 of/)).toBeVisible();

  await page.getByRole('textbox', { name: 'Partition to cut' }).fill('7');
  await expect(page.getByRole('button', { name: 'Cut partition' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Partition to cut' }).fill('2');
  await page.getByRole('button', { name: 'Cut partition' }).click();
  await expect(page.getByText(/Partition 2 is cut off for 30\ss, from now on/)).toBeAttached();
  const { nodes } = await graph(page);
  const faults = nodes[0]?.config['faults'];
  expect(faults).toMatchObject([{ kind: 'cut', partition: 2, forMs: 30_000 }]);
  await expect(page.getByText(/^2 of/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rebuild' })).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(async () => expect((await graph(page)).nodes[0]?.config['faults']).toBeUndefined()).toPass();
});

test('one event is poisoned from the command palette, and the run stays where it was', async ({ page }) => {
  await openGraph(page, GRAPH);
  await page.getByRole('button', { name: 'Step one event', exact: true }).click();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('poison');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/One event claims to be a day ahead, from now on/)).toBeAttached();
  await expect(page.getByText(/^1 of/)).toBeVisible();
  const faults = (await graph(page)).nodes[0]?.config['faults'];
  expect(faults).toMatchObject([{ kind: 'poison', aheadMs: 86_400_000 }]);
});

test('two dialects are compared: what differs, by which rule, and the other one is taken', async ({ page }) => {
  await openGraph(page, GRAPH);
  await page.getByRole('button', { name: 'Compare with another engine…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare dialects' });
  await expect(dialog.getByRole('status')).toContainText('differences between Flink DataStream and Kafka Streams', {
    timeout: 40_000,
  });
  await expect(dialog.getByRole('status')).toContainText('each has a rule that can be why');
  const rule = dialog.getByRole('article', { name: 'The end of the input' });
  await expect(rule).toContainText('what is open after the last one stays open');
  await rule.getByRole('button').click();
  await expect(rule.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  const rows = dialog.getByRole('region', { name: 'Differences of Per user' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('only Flink DataStream');
  await dialog.getByLabel('against').selectOption('Apache Beam');
  await expect(dialog.getByRole('status')).toContainText('Apache Beam', { timeout: 40_000 });
  await dialog.getByRole('button', { name: 'Use Apache Beam' }).click();
  await expect(dialog).toBeHidden();
  expect((await graph(page)).dialect).toBe('beam');
});
