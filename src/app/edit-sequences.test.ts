import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import * as annotations from '../pipeline/annotations.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { edgeKey, groupsOf, notesOf } from '../pipeline/document.ts';
import * as edits from '../pipeline/edits.ts';
import { duplicateNodes } from '../pipeline/fragment.ts';
import { readDocument } from '../pipeline/read-document.ts';
import { removeAndReconnect, spliceIntoEdge } from '../pipeline/splice.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { writeDocument } from '../pipeline/write-document.ts';
import { useDocumentStore } from './document-store.ts';

type Edit = (document: PipelineDocument) => PipelineDocument;

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const idAt = ({ nodes }: PipelineDocument, n: number): string => pick(nodes, n)?.id ?? 'nobody';
const noteAt = (document: PipelineDocument, n: number): string => pick(notesOf(document), n)?.id ?? 'nobody';

/** Every way to change a graph on the canvas, at places that two numbers choose. */
const EDITS: readonly ((a: number, b: number) => Edit)[] = [
  (a, b) => (document) =>
    edits.addNode(document, { kind: 'filter', position: { x: a, y: b }, config: { predicate: 'TRUE' } }),
  (a) => (document) => edits.removeNodes(document, [idAt(document, a), noteAt(document, a)]),
  (a, b) => (document) =>
    edits.connect(document, {
      from: { node: idAt(document, a), port: 'out' },
      to: { node: idAt(document, b), port: 'in' },
    }),
  (a) => (document) => edits.disconnect(document, document.edges.slice(a % 3, (a % 3) + 1).map(edgeKey)),
  (a, b) => (document) => edits.moveNodes(document, new Map([[idAt(document, a), { x: b, y: a }]])),
  (a, b) => (document) =>
    duplicateNodes(document, { ids: [idAt(document, a), noteAt(document, b)], offset: { x: 9, y: b } }),
  (a, b) => (document) => removeAndReconnect(document, [idAt(document, a), idAt(document, b)]).document,
  (a, b) => (document) => {
    const edge = pick(document.edges, b);
    const node = idAt(document, a);
    if (edge === undefined || edge.from.node === node || edge.to.node === node) return document;
    return spliceIntoEdge(document, { key: edgeKey(edge), node, input: 'in' });
  },
  (a, b) => (document) => annotations.groupNodes(document, [idAt(document, a), idAt(document, b)], `G${String(a)}`),
  (a) => (document) => annotations.ungroup(document, [pick(groupsOf(document), a)?.id ?? 'nobody']),
  (a, b) => (document) => annotations.addNote(document, { text: String(a), x: a, y: b, w: 100, h: 100 }),
  (a, b) => (document) => annotations.changeNote(document, noteAt(document, a), { w: b, text: String(b) }),
];

const sequences = fc.array(fc.tuple(fc.nat(EDITS.length - 1), fc.nat(999), fc.nat(999)), { maxLength: 40 });

beforeEach(() => useDocumentStore.getState().open(clicksToPurchases.document, { label: 'Open', isFirst: true }));

describe('any sequence of edits', () => {
  it('is undone to the first document and redone to the last, step by step the same documents', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const store = useDocumentStore;
        store.getState().open(clicksToPurchases.document, { label: 'Open', isFirst: true });
        const states = [store.getState().document];
        for (const [kind, a, b] of sequence) {
          store.getState().edit({ label: 'Edit' }, EDITS[kind]!(a, b));
          if (store.getState().document !== states.at(-1)) states.push(store.getState().document);
        }
        for (const state of states.toReversed()) {
          expect(store.getState().document).toBe(state);
          store.getState().undo();
        }
        expect(store.getState().document).toBe(clicksToPurchases.document);
        for (const state of states) {
          expect(store.getState().document).toBe(state);
          store.getState().redo();
        }
        expect(store.getState().document).toBe(states.at(-1));
      }),
      { numRuns: 200 },
    );
  });

  it('leaves a document that is written and read back as it is', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const last = sequence.reduce(
          (document, [kind, a, b]) => EDITS[kind]!(a, b)(document),
          clicksToPurchases.document,
        );
        expect(readDocument(writeDocument(last))).toEqual({ ok: true, value: last, problems: [] });
      }),
      { numRuns: 200 },
    );
  });
});
