import { memo, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import type { NodeProps } from 'reactflow';
import { useStoreApi } from 'reactflow';
import { NOTE_CHARS, resizeNote, writeNote } from '../../app/annotating.ts';
import { GRID, snapped } from '../../app/arrange/node-sizes.ts';
import { notesOf, useDocumentStore } from '../../app/document-store.ts';
import styles from './annotations.module.css';
import type { NoteFlowNode } from './flow-nodes.ts';
import { useInPlace } from './in-place-store.ts';

interface Size {
  readonly x: number;
  readonly y: number;
}

/** A remark: plain text, edited where it stands. */
export const NoteNode = memo(function NoteNode({ id, selected }: NodeProps<NoteFlowNode>): ReactElement | null {
  const note = useDocumentStore((state) => notesOf(state.document).find((each) => each.id === id));
  const isEditing = useInPlace((state) => state.id === id);
  const [size, setSize] = useState<Size | null>(null);
  const { begin, end } = useInPlace.getState();
  if (note === undefined) return null;
  const { x: width, y: height } = size ?? { x: note.w, y: note.h };
  return (
    <div
      className={styles['note']}
      data-selected={selected ? '' : undefined}
      style={{ width, height }}
      onDoubleClick={() => begin(id)}
    >
      {isEditing ? (
        <textarea
          className={`${styles['text'] ?? ''} nodrag nopan nowheel`}
          aria-label="Text of the note"
          autoFocus
          maxLength={NOTE_CHARS}
          value={note.text}
          onFocus={(event) => event.target.select()}
          onChange={(event) => writeNote(id, event.target.value)}
          onBlur={end}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
            end();
          }}
        />
      ) : (
        <p className={styles['text']} data-empty={note.text === '' ? '' : undefined}>
          {note.text === '' ? 'Double click to write' : note.text}
        </p>
      )}
      <Grip
        size={{ x: note.w, y: note.h }}
        onPreview={setSize}
        onSettle={(settled) => {
          setSize(null);
          if (settled !== null) resizeNote(id, { w: settled.x, h: settled.y });
        }}
      />
    </div>
  );
});

interface GripProps {
  readonly size: Size;
  readonly onPreview: (size: Size) => void;
  /** Null: as it was. */
  readonly onSettle: (size: Size | null) => void;
}

const ARROWS: Readonly<Record<string, Size>> = {
  ArrowLeft: { x: -GRID, y: 0 },
  ArrowRight: { x: GRID, y: 0 },
  ArrowUp: { x: 0, y: -GRID },
  ArrowDown: { x: 0, y: GRID },
};
const LEAST = 64;

/** The corner by which a note is made larger, by hand or by arrow keys. */
function Grip({ size, onPreview, onSettle }: GripProps): ReactElement {
  const store = useStoreApi();
  const [start, setStart] = useState<{ readonly pointer: Size; readonly size: Size } | null>(null);
  const sizeAt = (event: PointerEvent): Size => {
    const from = start ?? { pointer: { x: event.clientX, y: event.clientY }, size };
    const zoom = store.getState().transform[2];
    const { x, y } = snapped({
      x: from.size.x + (event.clientX - from.pointer.x) / zoom,
      y: from.size.y + (event.clientY - from.pointer.y) / zoom,
    });
    return { x: Math.max(LEAST, x), y: Math.max(LEAST, y) };
  };
  const step = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSettle({ x: Math.max(LEAST, size.x + by.x), y: Math.max(LEAST, size.y + by.y) });
  };
  return (
    <button
      type="button"
      className={`${styles['grip'] ?? ''} nodrag nopan`}
      aria-label={`Size of the note, ${String(size.x)} by ${String(size.y)}: drag, or use the arrow keys`}
      onKeyDown={step}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ pointer: { x: event.clientX, y: event.clientY }, size });
      }}
      onPointerMove={(event) => start !== null && onPreview(sizeAt(event))}
      onPointerUp={(event) => {
        if (start !== null) onSettle(sizeAt(event));
        setStart(null);
      }}
      onLostPointerCapture={() => {
        if (start !== null) onSettle(null);
        setStart(null);
      }}
    />
  );
}
