import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { runToEnd } from './running.ts';
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
  await page.getByRole('combobox', { name: 'Delay', exact: true }).first().selectOption('mixture');
  await expect(page.getByRole('textbox', { name: 'Weight' })).toHaveCount(2);
  await expect(picture).toHaveAccessibleName(/Half within 8\d\d\sms, 95 of 100 within \d\d/);

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

test('sensors come in waves once a profile is chosen: in the picture of the rate, and in the chart of the run', async ({
  page,
}) => {
  const config = { rateEventsPerSec: 40, events: 4_800, delay: { distribution: 'none' } };
  const window = { ...WINDOW.config, keys: [], sizeMs: 5_000 };
  const nodes = {
    made: { ...GENERATOR, label: 'Made', config },
    window: { ...WINDOW, label: 'Readings', config: window },
    out: { type: 'sink', label: 'Table', at: [560, 0], config: { view: 'table' } },
  } as const;
  await openGraph(page, graphOf(nodes, ['made>window', 'window>out']));
  await node(page, 'Made').click();
  await page.getByRole('combobox', { name: 'Events', exact: true }).selectOption('sensors');
  const picture = page.getByRole('img', { name: /^The rate over the first/ });
  await expect(picture).toBeHidden();
  await page.getByRole('combobox', { name: 'Profile', exact: true }).selectOption('wave');
  await expect(picture).toHaveAccessibleName(/from 8\.0\/s to 72\/s; the plain rate, a dashed line, is 40\/s/);
  const period = page.getByRole('textbox', { name: 'Period', exact: true });
  await period.fill('1m');
  await period.press('Enter');
  await expect(picture).toHaveAccessibleName(/All events are made after about 2\smin/);
  await expect(node(page, 'Made')).toContainText('sensors · 40/s wave');

  await runToEnd(page);
  await node(page, 'Readings').click();
  const chart = page.locator('[data-chart="windows"]');
  await chart.getByRole('button', { name: 'Show as table' }).click();
  const counts = await chart
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => Number(row.querySelectorAll('td')[1]?.textContent)));
  expect(counts).toHaveLength(24);
  counts.forEach((count, i) => {
    // 200 in 5 s on average; 80 % less when the wave of 12 windows begins, 80 % more in its middle.
    const wanted = 200 * (1 - 0.8 * Math.cos((2 * Math.PI * (i + 0.5)) / 12));
    expect(Math.abs(count - wanted), `window ${String(i)}`).toBeLessThan(6 * Math.sqrt(wanted));
  });
});

test('the rate of a run that goes on is changed from where it stands on, and undone in one step', async ({ page }) => {
  await openGraph(page, GRAPH);
  await node(page, 'Clicks').click();
  await page.getByRole('button', { name: 'Step one event', exact: true }).click();
  await expect(page.getByText(/^1 of/)).toBeVisible();
  const percent = page.getByRole('textbox', { name: 'Percent of the rate' });
  await percent.fill('0');
  await expect(page.getByRole('button', { name: 'Set rate' })).toBeDisabled();
  await percent.fill('400');
  await page.getByRole('button', { name: 'Set rate' }).click();
  await expect(page.getByText(/The rate is 400 % of what it was set to, from now on/)).toBeAttached();
  await expect(page.getByText(/^1 of/)).toBeVisible();
  await expect(page.getByRole('img', { name: /^The rate over the first .* from 50\/s to 200\/s/ })).toBeVisible();
  const profileNow = async (): Promise<unknown> => (await graph(page)).nodes[0]?.config['profile'];
  expect(await profileNow()).toMatchObject({ steps: [{ percent: 400 }] });
  await page.keyboard.press('Control+z');
  await expect(async () => expect(await profileNow()).toBeUndefined()).toPass();
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
