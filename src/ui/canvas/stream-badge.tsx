import type { ReactElement } from 'react';
import { keyWords, STREAM_WORDS, streamHint } from '../../app/stream-words.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Changes } from '../../stream/row-kind.ts';
import styles from './stream-edge.module.css';

/** Each on a grid of 10: rows after one another, changes there and back, rows of a table. */
const GLYPHS: Readonly<Record<Changes, string>> = {
  append: 'M1.5 5h7M6 2.5 8.5 5 6 7.5',
  retract: 'M2 3.5h6.5M6.5 1.5l2 2M8 6.5H1.5M3.5 8.5l-2-2',
  upsert: 'M1.5 1.5h7v7h-7zM1.5 4h7M4.2 4v4.5',
};
const CLOCK = 'M9 5a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM5 2.8V5l1.6 1';

const GLYPH = 10;
const HEIGHT = 15;
const PAD = 4;
const GAP = 3;

/** In the middle of an edge: what flows there, whether it carries an event time, and in the hint by which key. */
export function StreamBadge({ type, x, y }: { type: StreamType; x: number; y: number }): ReactElement {
  const { title } = STREAM_WORDS[type.changes];
  const glyphs = type.eventTime ? [GLYPHS[type.changes], CLOCK] : [GLYPHS[type.changes]];
  const width = 2 * PAD + glyphs.length * GLYPH + (glyphs.length - 1) * GAP;
  const label = [title, keyWords(type), type.eventTime ? 'with event time' : null].filter((part) => part !== null);
  return (
    <g
      className={styles['badge']}
      transform={`translate(${String(x - width / 2)} ${String(y - HEIGHT / 2)})`}
      role="img"
      aria-label={label.join(', ')}
      data-changes={type.changes}
    >
      <title>{streamHint(type)}</title>
      <rect width={width} height={HEIGHT} rx={HEIGHT / 2} />
      {glyphs.map((path, i) => (
        <path
          key={path}
          data-mark={path === CLOCK ? 'event-time' : 'changes'}
          transform={`translate(${String(PAD + i * (GLYPH + GAP))} ${String((HEIGHT - GLYPH) / 2)})`}
          d={path}
        />
      ))}
    </g>
  );
}
