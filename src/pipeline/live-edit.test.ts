import { expect, test } from 'vitest';
import { defined } from '../stream/assert.ts';
import type { PipelineDocument } from './document.ts';
import {
  addNode,
  connect,
  disconnect,
  moveNodes,
  removeNodes,
  setConfig,
  setDialect,
  setLabel,
  setRun,
} from './edits.ts';
import type { PlannedDocument } from './live-edit.ts';
import { liveEdit } from './live-edit.ts';
import { makePlan } from './make-plan.ts';
import { clicksToPurchases } from './templates/clicks-to-purchases.ts';

const { document: shop } = clicksToPurchases;
const WINDOW = ['clicks-per-user', 'activity', 'late-clicks'];

function planned(document: PipelineDocument): PlannedDocument {
  const result = makePlan(document);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '));
  return { document, plan: result.value };
}

function configured(id: string, change: Readonly<Record<string, unknown>>): PipelineDocument {
  const { config, engine } = defined(
    shop.nodes.find((node) => node.id === id),
    id,
  );
  return setConfig(shop, { id, config: { ...config, ...change }, engine });
}

function watermark(change: Readonly<Record<string, unknown>>): PipelineDocument {
  const { config } = defined(shop.nodes[0], 'clicks');
  return configured('clicks', { watermark: { ...(config['watermark'] as object), ...change } });
}

const withSink = connect(addNode(shop, { id: 'all', kind: 'sink', config: {}, position: { x: 0, y: 0 } }), {
  from: { node: 'clicks', port: 'out' },
  to: { node: 'all', port: 'in' },
});

/** Title, document after the edit; nodes for which it counts from here on; nodes that are rebuilt. */
const EDITS: readonly (readonly [string, PipelineDocument, readonly string[], readonly string[]])[] = [
  ['a label', setLabel(shop, 'clicks-per-user', 'Clicks'), [], []],
  ['a place', moveNodes(shop, new Map([['clicks', { x: 9, y: 9 }]])), [], []],
  ['how a sink is drawn', configured('activity', { view: 'table' }), [], []],
  ['a sink less', removeNodes(shop, ['late-clicks']), [], []],
  ['a sink more', withSink, ['all'], []],
  ['the predicate of a filter', configured('real-pages', { predicate: "page = '/'" }), ['real-pages'], []],
  ['the delay of a watermark', watermark({ delayMs: 9_000 }), ['clicks'], []],
  ['more lateness', configured('clicks-per-user', { latenessMs: 9_000 }), ['clicks-per-user'], []],
  ['less lateness', configured('clicks-per-user', { latenessMs: 1_000 }), [], WINDOW],
  ['no lateness', configured('clicks-per-user', { latenessMs: 0 }), [], WINDOW],
  ['the size of a window', configured('clicks-per-user', { sizeMs: 20_000 }), [], WINDOW],
  ['the key of a window', configured('clicks-per-user', { keys: [] }), [], WINDOW],
  [
    'the bounds of a join',
    configured('click-to-purchase', { upperMs: 60_000 }),
    [],
    ['click-to-purchase', 'purchase-paths'],
  ],
  [
    'an edge less and another in its place',
    connect(disconnect(shop, ['real-pages:out->clicks-per-user:in']), {
      from: { node: 'clicks', port: 'out' },
      to: { node: 'clicks-per-user', port: 'in' },
    }),
    [],
    WINDOW,
  ],
];

test.each(EDITS)('%s', (_, document, fromHere, rebuilt) => {
  const edit = liveEdit(planned(shop), planned(document));
  expect(edit.reopen).toBeNull();
  expect(edit.fromHere.map(({ nodeId }) => nodeId).toSorted()).toEqual(fromHere.toSorted());
  expect(edit.rebuilt.map(({ nodeId }) => nodeId).toSorted()).toEqual(rebuilt.toSorted());
});

test('what makes the log begins another run', () => {
  const reopen = (document: PipelineDocument): unknown => liveEdit(planned(shop), planned(document)).reopen;
  expect(reopen(setRun(shop, { seed: 7 }))).toBe('seed');
  expect(reopen(setDialect(shop, 'flink-sql'))).toBe('dialect');
  expect(reopen(configured('clicks', { rateEventsPerSec: 50 }))).toBe('sources');
  expect(reopen(removeNodes(shop, ['purchases', 'click-to-purchase', 'purchase-paths']))).toBe('sources');
  expect(reopen(watermark({ idleMs: 5_000 }))).toBe('sources');
});

test('says which parameters were changed, and why nodes below are rebuilt', () => {
  const { rebuilt } = liveEdit(planned(shop), planned(configured('clicks-per-user', { sizeMs: 20_000, keys: [] })));
  expect(rebuilt).toEqual([
    { nodeId: 'clicks-per-user', why: 'settings', parameters: ['keys', 'sizeMs'] },
    { nodeId: 'activity', why: 'above', parameters: [] },
    { nodeId: 'late-clicks', why: 'above', parameters: [] },
  ]);
});
