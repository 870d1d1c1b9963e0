import { useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { doOverlap } from './draw-panes.ts';
import { paneAt } from './hit-test.ts';
import type { PlaneScreen, PlaneState } from './plane-screen.ts';
import { paneWords, pointWords } from './plane-words.ts';
import type { PointWords } from './plane-words.ts';
import styles from './plane.module.css';

interface PlaneNoteProps {
  readonly screen: PlaneScreen;
  readonly state: PlaneState;
  readonly spot: { readonly x: number; readonly y: number } | null;
  readonly word: string;
}

const WIDTH = 236;

/** What lies under the pointer, beside it. */
export function PlaneNote({ screen, state, spot, word }: PlaneNoteProps): ReactElement | null {
  const hovered = useSyncExternalStore(screen.subscribePoint, () => screen.hovered);
  const { data } = state;
  const { frame } = screen;
  if (data === null || frame === null) return null;
  let words: PointWords | null = null;
  let at = spot;
  if (hovered >= 0 && hovered === screen.selected) return null;
  if (hovered >= 0) {
    words = pointWords(data, hovered, word);
    at = { x: frame.x(data.points.tsMs.at(hovered)), y: frame.y(data.points.atMs.at(hovered)) };
  } else if (spot !== null) {
    const pane = paneAt(screen.panes, spot);
    if (pane !== null) words = paneWords(data, pane.place);
  }
  if (words === null || at === null || Number.isNaN(at.x)) return null;
  const highPx = 34 + 17 * words.lines.length;
  // What counts for an event, or the windows that have it, stand below it.
  const isAbove = hovered >= 0 && at.y > highPx && (data.facts.reaches.length > 0 || doOverlap(screen.panes));
  const isRight = at.x + 18 + WIDTH < frame.width;
  const style = {
    left: isRight ? at.x + 18 : Math.max(4, at.x - 18 - WIDTH),
    top: isAbove ? Math.max(4, at.y - highPx - 20) : Math.max(4, Math.min(at.y + 10, frame.height - highPx)),
    width: WIDTH,
  };
  return (
    <div className={styles['note']} style={style} data-note aria-hidden>
      <p>{words.title}</p>
      <dl>
        {words.lines.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
