import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openTab } from './running.ts';
import { importGraph, newGraph, node } from './workbench.ts';

/** Graphs of one window over rows that a journey knows by heart. */

type Config = Readonly<Record<string, unknown>>;

export interface Row {
  readonly t: number;
  readonly k: string | null;
}

interface WindowGraph {
  readonly dialect?: string;
  readonly window: Config;
  readonly engine?: Config;
  readonly watermark?: Config;
}

/** Events → Window → Results, and what is late to Too late. Counts rows by `k`. */
function graphOf({
  dialect = 'flink-datastream',
  window,
  engine = {},
  watermark = { delayMs: 0 },
}: WindowGraph): string {
  const columns = [
    { name: 't', type: 'TIMESTAMP', unit: 'ms' },
    { name: 'k', type: 'STRING' },
  ];
  const source = { fileName: 'rows.ndjson', format: 'ndjson', columns, time: { column: 't', unit: 'ms' }, watermark };
  const counted = { keys: ['k'], aggregates: [{ name: 'n', function: 'count' }], ...window };
  const part = (id: string, type: string, label: string, config: Config): object => ({
    id,
    type,
    typeVersion: 1,
    label,
    config,
    engine: id === 'win' ? engine : {},
  });
  const edge = (from: string, to: string, port = 'out'): object => ({
    from: { node: from, port },
    to: { node: to, port: 'in' },
  });
  return JSON.stringify({
    version: 1,
    dialect,
    nodes: [
      part('events', 'source.file', 'Events', source),
      part('win', 'window', 'Window', counted),
      part('out', 'sink', 'Results', { view: 'table' }),
      part('late', 'sink', 'Too late', { view: 'table' }),
    ],
    edges: [edge('events', 'win'), edge('win', 'out'), edge('win', 'late', 'late')],
    layout: { events: { x: 0, y: 0 }, win: { x: 260, y: 0 }, out: { x: 520, y: 0 }, late: { x: 520, y: 130 } },
  });
}

/** Opens the graph with these rows as its file, ready to run, with the window selected. */
export async function openRows(page: Page, graph: WindowGraph, rows: readonly Row[]): Promise<void> {
  await newGraph(page);
  await importGraph(page, 'graph.json', graphOf(graph));
  await node(page, 'Events').click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(Choose|Change)$/ }).click();
  const content = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  await (
    await chooser
  ).setFiles({
    name: 'rows.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(content),
  });
  await expect(page.getByText('rows.ndjson').first()).toBeVisible();
  await node(page, 'Window').click();
}

export interface Shown {
  /** `+I`, and `late firing` or `early` where it says so. */
  readonly change: string;
  /** As written, with its brackets. */
  readonly window: string;
  readonly cells: readonly string[];
}

/** The table of results, oldest first. */
export async function shownResults(page: Page): Promise<readonly Shown[]> {
  await openTab(page, 'Results');
  const table = page.getByRole('region', { name: 'Newest results' });
  await expect(table).toBeVisible();
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((list) => list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
  return rows.toReversed().map(([change = '', window = '', ...cells]) => ({ change, window, cells }));
}

/** Whose rules the graph follows; with no node selected. */
export async function chooseDialect(page: Page, title: string): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 300 } });
  await page.getByLabel('Rules of', { exact: true }).selectOption({ label: title });
}
