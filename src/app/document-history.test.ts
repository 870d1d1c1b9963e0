import { describe, expect, it } from 'vitest';
import type { PipelineDocument } from '../pipeline/document.ts';
import { emptyDocument } from '../pipeline/empty-document.ts';
import type { History } from './document-history.ts';
import { EMPTY_HISTORY, recordEdit, redoStep, undoStep } from './document-history.ts';

const documents = ['a', 'b', 'c', 'd'].map(emptyDocument) as [
  PipelineDocument,
  PipelineDocument,
  PipelineDocument,
  PipelineDocument,
];
const [a, b, c, d] = documents;

function edited(
  history: History,
  step: { from: PipelineDocument; to: PipelineDocument; gesture?: string; atMs?: number },
) {
  const { from, to, gesture = null, atMs = 0 } = step;
  return recordEdit(history, { label: 'Edit', before: from, after: to, graphs: [0, 0], gesture, atMs });
}

describe('the history of a document', () => {
  it('gives back every document in turn, and forth again', () => {
    const history = edited(edited(EMPTY_HISTORY, { from: a, to: b }), { from: b, to: c });
    const back = undoStep(history);
    expect(back?.document).toBe(b);
    const start = undoStep(back!.history);
    expect(start?.document).toBe(a);
    expect(undoStep(start!.history)).toBeNull();
    const forth = redoStep(start!.history);
    expect(forth?.document).toBe(b);
    expect(redoStep(forth!.history)?.document).toBe(c);
  });

  it('holds one entry for a gesture whose edits follow each other closely', () => {
    let history = edited(EMPTY_HISTORY, { from: a, to: b, gesture: 'type', atMs: 0 });
    history = edited(history, { from: b, to: c, gesture: 'type', atMs: 900 });
    history = edited(history, { from: c, to: d, gesture: 'type', atMs: 1_800 });
    expect(history.past).toHaveLength(1);
    expect(undoStep(history)?.document).toBe(a);
  });

  it('begins a new entry after a pause, for another field, and for gestures without a name', () => {
    const first = edited(EMPTY_HISTORY, { from: a, to: b, gesture: 'type', atMs: 0 });
    expect(edited(first, { from: b, to: c, gesture: 'type', atMs: 60_000 }).past).toHaveLength(2);
    expect(edited(first, { from: b, to: c, gesture: 'other', atMs: 1 }).past).toHaveLength(2);
    const move = edited(EMPTY_HISTORY, { from: a, to: b });
    expect(edited(move, { from: b, to: c, atMs: 1 }).past).toHaveLength(2);
  });

  it('forgets what could be redone when another way is taken', () => {
    const history = edited(EMPTY_HISTORY, { from: a, to: b, gesture: 'type' });
    const undone = undoStep(history)!.history;
    const other = edited(undone, { from: a, to: c, gesture: 'type', atMs: 1 });
    expect(redoStep(other)).toBeNull();
    expect(undoStep(other)?.document).toBe(a);
  });

  it('keeps typing after a redo apart from what was typed before', () => {
    const history = edited(EMPTY_HISTORY, { from: a, to: b, gesture: 'type', atMs: 0 });
    const redone = redoStep(undoStep(history)!.history)!.history;
    expect(edited(redone, { from: b, to: c, gesture: 'type', atMs: 1 }).past).toHaveLength(2);
  });
});
