import { describe, expect, it } from 'vitest';
import { makePlan } from '../make-plan.ts';
import { readDocument } from '../read-document.ts';
import { validate } from '../validate.ts';
import { writeDocument } from '../write-document.ts';
import { GALLERY } from './gallery.ts';

describe.each(GALLERY)('the template $id', ({ document }) => {
  it('has no problem, not even a warning', () => {
    expect(validate(document)).toEqual([]);
    expect(makePlan(document).ok).toBe(true);
  });

  it('survives a file', () => {
    const read = readDocument(writeDocument(document));
    expect(read).toEqual({ ok: true, value: document, problems: [] });
  });

  it('places every node on the canvas', () => {
    expect(Object.keys(document.layout).sort()).toEqual(document.nodes.map(({ id }) => id).sort());
  });
});

it('has an id of its own for every template', () => {
  expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
});
