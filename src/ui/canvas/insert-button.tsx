import type { MouseEvent, ReactElement } from 'react';
import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import { useQuickAdd } from './quick-add-store.ts';
import { keysText } from '../shell/commands/keys.ts';
import styles from './stream-edge.module.css';

interface InsertButtonProps {
  /** Of the edge, by `edgeKey`. */
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** The plus in the middle of an edge: asks what goes in between. */
export function InsertButton({ id, x, y }: InsertButtonProps): ReactElement | null {
  const isFixed = useDocumentStore((state) => state.refusal !== null);
  if (isFixed) return null;
  const open = (at: { readonly x: number; readonly y: number }): void => {
    const edge = useDocumentStore.getState().document.edges.find((each) => edgeKey(each) === id);
    if (edge === undefined) return;
    useQuickAdd.getState().openAt({ gap: { from: edge.from, to: edge.to }, at, isAtPoint: false });
  };
  const onClick = (event: MouseEvent<SVGGElement>): void => {
    event.stopPropagation();
    const { right, top } = event.currentTarget.getBoundingClientRect();
    open({ x: right + 4, y: top });
  };
  return (
    <g
      className={styles['insert']}
      transform={`translate(${String(x)} ${String(y)})`}
      role="button"
      tabIndex={0}
      aria-label="Insert an operator here"
      onClick={onClick}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        const { right, top } = event.currentTarget.getBoundingClientRect();
        open({ x: right + 4, y: top });
      }}
    >
      <title>Insert an operator here ({keysText('/')})</title>
      <circle r={9} />
      <path d="M-4 0h8M0-4v8" />
    </g>
  );
}
