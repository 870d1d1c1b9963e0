import { expect, test } from './page-test.ts';
import {
  dragFromPalette,
  drawEdge,
  exportedGraph,
  graphNow,
  graphOf,
  holdBack,
  newGraph,
  node,
  openGraph,
  port,
} from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const PAIR = {
  generator: { type: 'source.generator', label: 'Generator', at: [0, 0] },
  filter: { type: 'filter', label: 'Filter', at: [260, 0] },
} as const;

test('from an empty canvas to results: drag, connect by mouse, set up, play', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 120, y: 160 });
  await dragFromPalette(page, 'Filter', { x: 350, y: 160 });
  await dragFromPalette(page, 'Tumbling', { x: 580, y: 160 });
  await dragFromPalette(page, 'Chart', { x: 800, y: 160 });
  await expect(page.getByRole('article')).toHaveCount(4);

  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Filter', 'in'));
  await drawEdge(page, port(page, 'Filter', 'out'), port(page, 'Tumbling', 'in'));
  await drawEdge(page, port(page, 'Tumbling', 'out'), port(page, 'Chart', 'in'));
  const graph = JSON.parse(await exportedGraph(page)) as { edges: { from: { node: string }; to: { node: string } }[] };
  expect(graph.edges.map(({ from, to }) => `${from.node} ${to.node}`)).toEqual([
    'generator filter',
    'filter window',
    'window sink',
  ]);

  await node(page, 'Filter').click();
  const predicate = page.getByRole('textbox', { name: 'Keep if' });
  await predicate.fill("page <> '/help'");
  await node(page, 'Tumbling').click();
  await page.getByRole('textbox', { name: 'Size' }).fill('500ms');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Tumbling')).toContainText('tumbling 500 ms');

  await page.getByRole('button', { name: 'Play' }).click();
  await expect(node(page, 'Chart').locator('[data-source="ledger:sink:in"]')).not.toHaveText(/^[–0]$/);
  await expect(page.getByRole('region', { name: 'Results' }).getByRole('row').nth(2)).toBeVisible();
});

test('columns complete as they are typed, also before the editor is there; invalid text stays with its reason, and the document keeps its last good value', async ({
  page,
}) => {
  const bringEditor = await holdBack(page, 'expression-editor');
  await openGraph(page, graphOf(PAIR, ['generator>filter']));
  await node(page, 'Filter').click();
  const predicate = page.getByRole('textbox', { name: 'Keep if' });
  await predicate.pressSequentially(" <> ''");
  await predicate.press('Home');
  await predicate.pressSequentially('us');
  await expect(predicate).not.toHaveAttribute('contenteditable');
  bringEditor();
  // The letters, the caret between them, and the list that comes with the editor.
  await expect(page.getByRole('option', { name: /user_id/, selected: true })).toBeVisible();
  await expect(predicate).toHaveText("us <> ''");
  await page.keyboard.type('e');
  await expect(predicate).toHaveText("use <> ''");
  await page.keyboard.press('Enter');
  await expect(node(page, 'Filter')).toContainText("user_id <> ''");
  await predicate.press('Escape');
  await expect(predicate).toHaveText('');
  await page.keyboard.press('Control+z');
  await expect(predicate).toHaveText("user_id <> ''");

  const before = await exportedGraph(page);
  await predicate.fill("pagee <> '/help'");
  await expect(page.getByText('Did you mean page', { exact: false })).toBeVisible();
  await expect(predicate).toHaveAttribute('aria-invalid', 'true');
  expect(await exportedGraph(page)).toBe(before);
  await node(page, 'Generator').click();
  await page.getByRole('textbox', { name: 'Watermark delay' }).fill('10 parsecs');
  await expect(page.getByText('Not a time. Write 10s, 5m or 1h.')).toBeVisible();
  await node(page, 'Filter').click();
  await expect(predicate).toHaveText("pagee <> '/help'");
});

test('an edge that cannot be is refused with the reason, and legal ports are marked while it is drawn', async ({
  page,
}) => {
  const map = { type: 'map', label: 'Map', at: [520, 0] } as const;
  await openGraph(page, graphOf({ ...PAIR, map }, ['generator>filter', 'filter>map']));
  const before = await graphNow(page);

  const from = await port(page, 'Map', 'out').boundingBox();
  await page.mouse.move(from!.x + 5, from!.y + 5);
  await page.mouse.down();
  await page.mouse.move(from!.x + 40, from!.y + 60, { steps: 3 });
  await expect(port(page, 'Filter', 'in')).toHaveAttribute('data-legal', 'no');
  await page.mouse.up();

  await drawEdge(page, port(page, 'Map', 'out'), port(page, 'Filter', 'in'));
  await expect(page.getByText('Not connected.')).toBeVisible();
  await expect(page.getByText(/already has an edge|close a loop/).first()).toBeVisible();
  expect(await graphNow(page)).toBe(before);
});

test('each gesture is one step to undo: add, move, connect, type, delete', async ({ page }) => {
  await newGraph(page);
  const steps: string[] = [await exportedGraph(page)];
  const remember = async (): Promise<void> => void steps.push(await exportedGraph(page));

  await dragFromPalette(page, 'Generator', { x: 120, y: 160 });
  await remember();
  await dragFromPalette(page, 'Filter', { x: 350, y: 160 });
  await remember();
  const box = await node(page, 'Filter').boundingBox();
  await page.mouse.move(box!.x + 60, box!.y + 20);
  await page.mouse.down();
  await page.mouse.move(box!.x + 90, box!.y + 60, { steps: 6 });
  await page.mouse.move(box!.x + 130, box!.y + 130, { steps: 6 });
  await page.mouse.up();
  await remember();
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Filter', 'in'));
  await remember();
  await node(page, 'Filter').click();
  await page.getByRole('textbox', { name: 'Keep if' }).fill('');
  await page.getByRole('textbox', { name: 'Keep if' }).pressSequentially("page = '/cart'");
  await remember();
  await node(page, 'Generator').click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('article')).toHaveCount(1);
  await remember();
  expect(new Set(steps).size).toBe(steps.length);

  for (const expected of steps.slice(0, -1).reverse()) {
    await page.keyboard.press('Control+z');
    expect(await graphNow(page)).toBe(expected);
  }
  for (const expected of steps.slice(1)) {
    await page.keyboard.press('Control+Shift+Z');
    expect(await graphNow(page)).toBe(expected);
  }
});

test('opening the page leaves nothing to undo', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('article')).not.toHaveCount(0);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Undo' })).toBeDisabled();
});
