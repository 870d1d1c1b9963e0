import { describe, expect, it } from 'vitest';
import * as annotations from '../pipeline/annotations.ts';
import * as edits from '../pipeline/edits.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { changedItems } from './changed-items.ts';

const { document } = clicksToPurchases;
const edge = 'clicks:out->real-pages:in';

describe('what has changed', () => {
  it('is nothing between a document and itself', () => {
    expect(changedItems(document, document)).toEqual({ nodes: [], edges: [], edgeEnds: [] });
  });

  it('is a node that moved, one that is new or set up otherwise, and a note', () => {
    const moved = edits.moveNodes(document, new Map([['clicks', { x: 1, y: 2 }]]));
    expect(changedItems(document, moved).nodes).toEqual(['clicks']);
    const labelled = edits.setLabel(document, 'activity', 'Other');
    expect(changedItems(document, labelled).nodes).toEqual(['activity']);
    const without = edits.removeNodes(document, ['activity']);
    expect(changedItems(without, document).nodes).toEqual(['activity']);
    const noted = annotations.addNote(document, { text: '', x: 0, y: 0, w: 100, h: 100 });
    expect(changedItems(document, noted).nodes).toEqual(['note']);
  });

  it('is an edge that is new, and the nodes at the ends of one that is gone', () => {
    const cut = edits.disconnect(document, [edge]);
    expect(changedItems(document, cut)).toEqual({ nodes: [], edges: [], edgeEnds: ['clicks', 'real-pages'] });
    expect(changedItems(cut, document).edges).toEqual([edge]);
  });
});
