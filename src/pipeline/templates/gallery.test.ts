import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../stream/node-definition.ts';
import { WINDOW_KINDS } from '../../operators/shared/window-kinds.ts';
import { NODE_KINDS } from '../faces.ts';
import { makePlan } from '../make-plan.ts';
import { readDocument } from '../read-document.ts';
import { validate } from '../validate.ts';
import { writeDocument } from '../write-document.ts';
import { GALLERY } from './gallery.ts';

/** A node with its counts, and what the panels and the margins of fitting leave for the graph at 1440 by 900, px. */
const NODE = { width: 176, height: 98 };
const CANVAS = { width: 1440 - 192 - 320 - 40, height: 900 - 48 - 360 - 108 };

describe.each(GALLERY)('the template $id', ({ document, look }) => {
  it('has no problem, not even a warning', () => {
    expect(validate(document)).toEqual([]);
    expect(makePlan(document).ok).toBe(true);
  });

  it('survives a file', () => {
    const read = readDocument(writeDocument(document));
    expect(read).toEqual({ ok: true, value: document, problems: [] });
  });

  it('is looked at where it has a node', () => {
    expect([undefined, ...document.nodes.map(({ id }) => id)]).toContain(look);
  });

  it('places every node on the canvas', () => {
    expect(Object.keys(document.layout).sort()).toEqual(document.nodes.map(({ id }) => id).sort());
  });

  it('can be read where it is opened, beside all panels of a window of 1440 by 900', () => {
    const places = Object.values(document.layout);
    const width = Math.max(...places.map(({ x }) => x)) - Math.min(...places.map(({ x }) => x)) + NODE.width;
    const height = Math.max(...places.map(({ y }) => y)) - Math.min(...places.map(({ y }) => y)) + NODE.height;
    expect(Math.min(CANVAS.width / width, CANVAS.height / height)).toBeGreaterThanOrEqual(0.6);
  });
});

it('shows every kind of node, and every dialect', () => {
  const shown = GALLERY.flatMap(({ document }) => document.nodes.map(({ type }) => type));
  expect([...new Set(shown)].sort()).toEqual([...NODE_KINDS].sort());
  expect(new Set(GALLERY.map(({ document }) => document.dialect))).toEqual(new Set(DIALECTS));
});

it('shows every kind of window', () => {
  const windows = GALLERY.flatMap(({ document }) => document.nodes).filter(({ type }) => type === 'window');
  const shown = new Set(windows.map(({ config }) => config['kind'] ?? 'tumbling'));
  expect([...shown].sort()).toEqual(WINDOW_KINDS.toSorted());
});

it('has an id of its own for every template', () => {
  expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
});

it('begins on a day at the office wherever events are made up, all sources at once', () => {
  const starts = GALLERY.flatMap(({ document }) => document.nodes)
    .filter(({ type }) => type === 'source.generator')
    .map(({ config }) => new Date(config['startMs'] as number).toISOString());
  expect(starts).toHaveLength(33);
  expect(new Set(starts)).toEqual(new Set(['2026-01-15T12:38:30.000Z']));
});
