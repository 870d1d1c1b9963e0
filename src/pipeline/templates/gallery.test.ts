import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../stream/node-definition.ts';
import { NODE_KINDS } from '../faces.ts';
import { makePlan } from '../make-plan.ts';
import { readDocument } from '../read-document.ts';
import { validate } from '../validate.ts';
import { writeDocument } from '../write-document.ts';
import { GALLERY } from './gallery.ts';

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
});

it('shows every kind of node, and every dialect', () => {
  const shown = GALLERY.flatMap(({ document }) => document.nodes.map(({ type }) => type));
  expect([...new Set(shown)].sort()).toEqual([...NODE_KINDS].sort());
  expect(new Set(GALLERY.map(({ document }) => document.dialect))).toEqual(new Set(DIALECTS));
});

it('has an id of its own for every template', () => {
  expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
});

it('begins on a day at the office wherever events are made up, all sources at once', () => {
  const starts = GALLERY.flatMap(({ document }) => document.nodes)
    .filter(({ type }) => type === 'source.generator')
    .map(({ config }) => new Date(config['startMs'] as number).toISOString());
  expect(starts).toHaveLength(27);
  expect(new Set(starts)).toEqual(new Set(['2026-01-15T12:38:30.000Z']));
});
