import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../app/document-store.ts';
import { NO_FIGURES } from '../../app/run-state.ts';
import { GALLERY } from '../../pipeline/templates/gallery.ts';
import type { TourScene } from './tour-subject.ts';
import { newResult, patientRows, tourWindow, tourWindows } from './tour-subject.ts';

function documentOf(id: string): PipelineDocument {
  const template = GALLERY.find((candidate) => candidate.id === id);
  if (template === undefined) throw new Error(`No template ${id}.`);
  return template.document;
}

const clicks = documentOf('clicks-to-purchases');

/** The first template with other ids and names throughout. */
function renamed({ nodes, edges, layout, ...rest }: PipelineDocument): PipelineDocument {
  const name = (id: string): string => `x-${id}`;
  return {
    ...rest,
    nodes: nodes.map((node) => ({ ...node, id: name(node.id), label: `My ${node.id}` })),
    edges: edges.map(({ from, to }) => ({
      from: { ...from, node: name(from.node) },
      to: { ...to, node: name(to.node) },
    })),
    layout: Object.fromEntries(Object.entries(layout).map(([id, place]) => [name(id), place])),
  };
}

function scene(
  document: PipelineDocument,
  selected: readonly string[] = [],
  rows: Readonly<Record<string, number>> = {},
): TourScene {
  const nodes = Object.fromEntries(Object.entries(rows).map(([id, count]) => [id, { in: count }]));
  return {
    document: { document, selection: { nodeIds: selected, edgeKeys: [], noteIds: [] } },
    run: { ...NO_FIGURES, status: { kind: 'paused' }, began: document, nodes: nodes as TourScene['run']['nodes'] },
  };
}

test('the window is known by what it is and where it stands, not by its id', () => {
  expect(tourWindow(scene(clicks))?.id).toBe('clicks-per-user');
  expect(tourWindow(scene(renamed(clicks)))?.id).toBe('x-clicks-per-user');
});

test('there is none in other dialects, behind files, or with nothing before it', () => {
  for (const id of ['hot-items', 'updates', 'flights', 'orders']) expect(tourWindows(documentOf(id))).toEqual([]);
  expect(tourWindows({ ...clicks, edges: [] })).toEqual([]);
  const counted = clicks.nodes.map((node) => ({ ...node, config: { ...node.config, kind: 'count' } }));
  expect(tourWindows({ ...clicks, nodes: counted })).toEqual([]);
});

test('of several windows it speaks of the selected one, else of the most patient', () => {
  const [window] = tourWindows(clicks);
  const other = { ...window!, id: 'other', config: { ...window!.config, latenessMs: 30_000 } };
  const into = clicks.edges.find(({ to }) => to.node === window!.id)!;
  const two = {
    ...clicks,
    nodes: [...clicks.nodes, other],
    edges: [...clicks.edges, { ...into, to: { ...into.to, node: 'other' } }],
  };
  expect(tourWindow(scene(two))?.id).toBe('other');
  expect(tourWindow(scene(two, ['clicks-per-user']))?.id).toBe('clicks-per-user');
});

test('a result is new when it stands behind the window, was not there at first, and has rows', () => {
  const atFirst = clicks.nodes.map(({ id }) => id);
  const sink = { ...clicks.nodes.find(({ id }) => id === 'activity')!, id: 'mine', label: 'Mine' };
  const from = { node: 'clicks-per-user', port: 'out' } as const;
  const behind = {
    ...clicks,
    nodes: [...clicks.nodes, sink],
    edges: [...clicks.edges, { from, to: { node: 'mine', port: 'in' } as const }],
  };
  expect(newResult(scene(behind, [], { mine: 3 }), atFirst)).toBe('Mine');
  expect(newResult(scene(behind, [], { mine: 0 }), atFirst)).toBeNull();
  expect(newResult(scene({ ...behind, edges: clicks.edges }, [], { mine: 3 }), atFirst)).toBeNull();
  expect(newResult(scene(clicks, [], { activity: 3 }), atFirst)).toBeNull();
  // Another document was opened: nothing of it was made on the tour.
  expect(newResult(scene(renamed(behind), [], { 'x-mine': 3 }), atFirst)).toBeNull();
});

test('rows of a run that began before the lateness was set do not count', () => {
  const patient = {
    ...clicks,
    nodes: clicks.nodes.map((node) => ({ ...node, config: { ...node.config, latenessMs: 20_000 } })),
  };
  const { document, run } = scene(patient, [], { 'clicks-per-user': 200 });
  expect(patientRows({ document, run })).toBe(200);
  expect(patientRows({ document, run: { ...run, began: clicks } })).toBe(0);
  expect(patientRows({ document, run: { ...run, began: null } })).toBe(0);
});
