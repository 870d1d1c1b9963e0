import { expect, test } from 'vitest';
import { disconnect, setConfig, setLabel } from '../pipeline/edits.ts';
import { edgeKey } from '../pipeline/document.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { isNodeChanged } from './changed-nodes.ts';

const { document } = clicksToPurchases;

function changed(now: PipelineDocument): readonly string[] {
  return now.nodes.map(({ id }) => id).filter((id) => isNodeChanged(document, now, id));
}

test('a node is changed by its settings and by what flows into it, not by its name', () => {
  const config = document.nodes.find(({ id }) => id === 'real-pages')!.config;
  expect(changed(document)).toEqual([]);
  expect(changed(setLabel(document, 'real-pages', 'Pages'))).toEqual([]);
  const other = setConfig(document, { id: 'real-pages', config: { ...config, predicate: "page = '/'" } });
  expect(changed(other)).toEqual(['real-pages']);
  expect(changed(setConfig(other, { id: 'real-pages', config: { ...config } }))).toEqual([]);
  const cut = document.edges.find(({ to }) => to.node === 'activity')!;
  expect(changed(disconnect(document, [edgeKey(cut)]))).toEqual(['activity']);
});
