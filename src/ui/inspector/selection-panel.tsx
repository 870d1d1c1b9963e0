import type { ReactElement } from 'react';
import { titleGroup, wholeGroupOf } from '../../app/annotating.ts';
import { displayName, findFace } from '../../app/document-catalog.ts';
import type { DocumentGroup, DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { ArrangeButtons } from '../canvas/arrange-bar.tsx';
import { goToNode } from '../canvas/go-to-node.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import { CommandButton } from '../shell/command-button.tsx';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { useAllProblems } from '../timeline/use-all-problems.ts';
import { useIsReadOnly } from './fields.tsx';
import { FoldButton } from './inspector-head.tsx';
import inspector from './inspector.module.css';
import styles from './selection.module.css';
import { selectionWords } from './selection-words.ts';

/** Several things at once, or a group: what they are, what is wrong with them, and what can be done with all of them. */
export function SelectionPanel({ onFold }: { onFold: () => void }): ReactElement {
  const selection = useDocumentStore((state) => state.selection);
  const group = useDocumentStore((state) => wholeGroupOf(state.document, state.selection));
  const all = useDocumentStore((state) => state.document.nodes);
  const ids = new Set(selection.nodeIds);
  const nodes = all.filter(({ id }) => ids.has(id));
  const counts = { nodes: nodes.length, notes: selection.noteIds.length, edges: selection.edgeKeys.length };
  return (
    <div className={inspector['inspector']}>
      <header className={inspector['head']}>
        {group === null ? (
          <h2 className={inspector['title']}>{selectionWords(counts)}</h2>
        ) : (
          <GroupTitle key={group.id} group={group} />
        )}
        <FoldButton onFold={onFold} />
      </header>
      <div className={inspector['body']}>
        {group !== null && (
          <p className={inspector['note']}>
            A group of {selectionWords(counts)}: they are moved together. To a run it means nothing.
          </p>
        )}
        {nodes.length > 0 && <Kinds nodes={nodes} />}
        <ProblemsOf ids={ids} />
        {nodes.length + counts.notes > 1 && (
          <section className={inspector['section']} aria-label="Arrange">
            <h3 className={inspector['heading']}>Arrange</h3>
            <div className={styles['icons']} role="toolbar" aria-label="Arrange">
              <ArrangeButtons />
            </div>
          </section>
        )}
        <Actions isGroup={group !== null} hasNodes={nodes.length > 0} isMovable={nodes.length + counts.notes > 0} />
      </div>
    </div>
  );
}

function GroupTitle({ group: { id, title } }: { group: DocumentGroup }): ReactElement {
  return (
    <div className={inspector['title']}>
      <h2 className={controls['visuallyHidden']}>Group</h2>
      <input
        className={inspector['name']}
        aria-label="Name of the group"
        value={title}
        placeholder="Group"
        maxLength={500}
        readOnly={useIsReadOnly()}
        onChange={(event) => titleGroup(id, event.target.value)}
      />
    </div>
  );
}

/** So many names of a kind are in view; more say nothing that the graph does not show better. */
const NAMES_SHOWN = 12;

/** What is selected, by kind; a name leads to the node alone. */
function Kinds({ nodes }: { nodes: readonly DocumentNode[] }): ReactElement {
  const kinds = [...new Set(nodes.map(({ type }) => type))];
  return (
    <section className={inspector['section']} aria-label="What is selected">
      <ul className={styles['kinds']}>
        {kinds.map((kind) => (
          <Kind key={kind} kind={kind} nodes={nodes.filter(({ type }) => type === kind)} />
        ))}
      </ul>
    </section>
  );
}

function Kind({ kind, nodes }: { kind: string; nodes: readonly DocumentNode[] }): ReactElement {
  const rest = nodes.length - NAMES_SHOWN;
  return (
    <li>
      <p className={styles['kind']}>
        <NodeGlyph kind={kind} config={nodes.length === 1 ? (nodes[0]?.config ?? {}) : {}} />
        {findFace(kind)?.title ?? kind} <span className={inspector['dim']}>{nodes.length}</span>
      </p>
      <div className={styles['names']}>
        {nodes.slice(0, NAMES_SHOWN).map((node) => (
          <Button key={node.id} isSmall onClick={() => goToNode(node.id)}>
            <span>{displayName(node)}</span>
          </Button>
        ))}
        {rest > 0 && <span className={inspector['dim']}>and {rest} more</span>}
      </div>
    </li>
  );
}

function ProblemsOf({ ids }: { ids: ReadonlySet<string> }): ReactElement | null {
  const problems = useAllProblems().filter(({ nodeId }) => nodeId !== null && ids.has(nodeId));
  if (problems.length === 0) return null;
  return (
    <section className={inspector['section']} aria-label="Problems">
      <h3 className={inspector['heading']}>
        Problems <span className={inspector['dim']}>{problems.length}</span>
      </h3>
      <div className={styles['problems']}>
        <ProblemList problems={problems} onGo={goToProblem} />
      </div>
    </section>
  );
}

interface ActionsProps {
  readonly isGroup: boolean;
  readonly hasNodes: boolean;
  readonly isMovable: boolean;
}

function Actions({ isGroup, hasNodes, isMovable }: ActionsProps): ReactElement {
  return (
    <section className={inspector['section']} aria-label="With all of them">
      <div className={styles['names']}>
        {hasNodes && (isGroup ? <CommandButton id="canvas.ungroup" /> : <CommandButton id="canvas.group" />)}
        {hasNodes && <CommandButton id="canvas.layout" title="Lay out" />}
        {isMovable && <CommandButton id="canvas.fit-selection" title="Fit" />}
        {isMovable && <CommandButton id="edit.duplicate" />}
        <CommandButton id="edit.delete" look="danger" />
        {hasNodes && <CommandButton id="edit.delete-reconnect" look="danger" />}
      </div>
    </section>
  );
}
