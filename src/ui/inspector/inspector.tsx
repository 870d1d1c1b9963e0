import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { findFace } from '../../app/document-catalog.ts';
import type { DocumentState } from '../../app/document-store.ts';
import { edgeKey, notesOf, useDocumentStore } from '../../app/document-store.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { DialectBadge, FoldButton } from './inspector-head.tsx';
import styles from './inspector.module.css';

// Every form field there is: comes with the first node that is selected.
const NodePanel = lazyPart(async () => (await import('./node-panel.tsx')).NodePanel);
const EdgePanel = lazyPart(async () => (await import('./edge-panel.tsx')).EdgePanel);
const NotePanel = lazyPart(async () => (await import('./note-panel.tsx')).NotePanel);
const SelectionPanel = lazyPart(async () => (await import('./selection-panel.tsx')).SelectionPanel);

interface InspectorProps {
  readonly onFold: () => void;
}

/** Everything about what is selected; about the graph while nothing is. */
export function Inspector({ onFold }: InspectorProps): ReactElement {
  const count = useDocumentStore(selectedCount);
  return <Suspense fallback={null}>{panelOf(count, onFold)}</Suspense>;
}

/** Edges that lie between selected nodes are selected with them. */
function selectedCount({ selection: { nodeIds, noteIds, edgeKeys } }: DocumentState): number {
  const things = nodeIds.length + noteIds.length;
  return things === 0 ? edgeKeys.length : things;
}

function panelOf(count: number, onFold: () => void): ReactElement {
  if (count === 0) return <WholeGraph onFold={onFold} />;
  return count === 1 ? <OnlyOne onFold={onFold} /> : <SelectionPanel onFold={onFold} />;
}

function OnlyOne({ onFold }: InspectorProps): ReactElement {
  const node = useDocumentStore(({ document, selection }) =>
    document.nodes.find(({ id }) => id === selection.nodeIds[0]),
  );
  const note = useDocumentStore(({ document, selection }) =>
    notesOf(document).find(({ id }) => id === selection.noteIds[0]),
  );
  const edge = useDocumentStore(({ document, selection }) =>
    document.edges.find((each) => edgeKey(each) === selection.edgeKeys[0]),
  );
  if (node !== undefined) {
    if (findFace(node.type) === null) return <SelectionPanel onFold={onFold} />;
    return <NodePanel key={node.id} node={node} onFold={onFold} />;
  }
  if (note !== undefined) return <NotePanel key={note.id} note={note} onFold={onFold} />;
  return edge === undefined ? <WholeGraph onFold={onFold} /> : <EdgePanel edge={edge} onFold={onFold} />;
}

function WholeGraph({ onFold }: InspectorProps): ReactElement {
  return (
    <div className={styles['inspector']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>Graph</h2>
        <DialectBadge />
        <FoldButton onFold={onFold} />
      </header>
      <div className={styles['body']}>
        <GraphPanel />
      </div>
    </div>
  );
}
