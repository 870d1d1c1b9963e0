import { memo, useState } from 'react';
import type { ReactElement } from 'react';
import type { NodeProps } from 'reactflow';
import { titleGroup } from '../../app/annotating.ts';
import type { DocumentGroup } from '../../app/document-store.ts';
import { groupsOf, useDocumentStore } from '../../app/document-store.ts';
import styles from './annotations.module.css';
import type { FrameFlowNode } from './flow-nodes.ts';
import { useInPlace } from './in-place-store.ts';

/** A frame around nodes. By its title it is moved, renamed, and its nodes are selected. */
export const FrameNode = memo(function FrameNode({ id }: NodeProps<FrameFlowNode>): ReactElement | null {
  const group = useDocumentStore((state) => groupsOf(state.document).find((each) => each.id === id));
  const isEditing = useInPlace((state) => state.id === id);
  const { begin, end } = useInPlace.getState();
  if (group === undefined) return null;
  const name = group.title === '' ? 'Group' : group.title;
  return (
    <section className={styles['frame']} aria-label={`Group ${name}`}>
      {isEditing ? (
        <TitleField title={group.title} onTitle={(title) => titleGroup(id, title)} onDone={end} />
      ) : (
        <button
          type="button"
          className={styles['title']}
          data-frame-title
          title="Drag to move the group, double click to rename it"
          onClick={(event) => selectGroup(group, event.shiftKey || event.ctrlKey || event.metaKey)}
          onDoubleClick={() => begin(id)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'F2') return;
            event.preventDefault();
            begin(id);
          }}
        >
          {name}
        </button>
      )}
    </section>
  );
});

/** Its nodes are what is meant; `isMore`: beside what is selected. */
function selectGroup({ nodes }: DocumentGroup, isMore: boolean): void {
  const { selection, select } = useDocumentStore.getState();
  if (!isMore) select({ nodeIds: nodes, edgeKeys: [] });
  else select({ nodeIds: [...new Set([...selection.nodeIds, ...nodes])], noteIds: selection.noteIds });
}

interface TitleFieldProps {
  readonly title: string;
  readonly onTitle: (title: string) => void;
  readonly onDone: () => void;
}

/** Takes the title when it is left or with Enter; Escape leaves it as it was. */
function TitleField({ title, onTitle, onDone }: TitleFieldProps): ReactElement {
  const [text, setText] = useState(title);
  return (
    <input
      className={`${styles['title'] ?? ''} nodrag nopan`}
      aria-label="Title of the group"
      autoFocus
      value={text}
      placeholder="Group"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        onTitle(text);
        onDone();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onTitle(text);
        if (event.key === 'Enter' || event.key === 'Escape') onDone();
      }}
    />
  );
}
