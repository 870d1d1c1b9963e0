import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { duplicateSelection } from '../../app/document-clipboard.ts';
import { findFace } from '../../app/document-catalog.ts';
import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import { Button } from '../theme/button.tsx';
import { lazyPart } from '../theme/lazy-part.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { DialectBadge, FoldButton } from './inspector-head.tsx';
import styles from './inspector.module.css';

// Every form field there is: comes with the first node that is selected.
const NodePanel = lazyPart(async () => (await import('./node-panel.tsx')).NodePanel);

const EdgePanel = lazyPart(async () => (await import('./edge-panel.tsx')).EdgePanel);

/** Everything about the selected node or edge; about the graph while none is selected. */
export function Inspector({ onFold }: { onFold: () => void }): ReactElement {
  const selected = useDocumentStore((state) => state.selection.nodeIds);
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === state.selection.nodeIds[0]));
  const edge = useDocumentStore(({ document, selection: { edgeKeys } }) =>
    edgeKeys.length === 1 ? document.edges.find((each) => edgeKey(each) === edgeKeys[0]) : undefined,
  );
  if (selected.length === 1 && node !== undefined && findFace(node.type) !== null) {
    return (
      <Suspense fallback={null}>
        <NodePanel key={node.id} node={node} onFold={onFold} />
      </Suspense>
    );
  }
  if (selected.length === 0 && edge !== undefined) {
    return (
      <Suspense fallback={null}>
        <EdgePanel edge={edge} onFold={onFold} />
      </Suspense>
    );
  }
  return (
    <div className={styles['inspector']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{selected.length > 1 ? `${selected.length} nodes` : 'Graph'}</h2>
        <DialectBadge />
        <FoldButton onFold={onFold} />
      </header>
      <div className={styles['body']}>{selected.length > 1 ? <SelectionPanel /> : <GraphPanel />}</div>
    </div>
  );
}

function SelectionPanel(): ReactElement {
  return (
    <div className={styles['row']}>
      <Button onClick={duplicateSelection}>Duplicate</Button>
      <Button look="danger" onClick={useDocumentStore.getState().removeSelection}>
        Delete
      </Button>
    </div>
  );
}
