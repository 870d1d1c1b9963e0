import { useState } from 'react';
import type { ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatWindowShort } from '../theme/format.ts';
import styles from './inspector.module.css';
import type { SessionMerge } from './session-merges.ts';
import { mergesBetween } from './session-merges.ts';
import type { StateLanes } from './state-lanes.ts';

/** Merges that are told, the newest first. */
const MOST_MERGES = 8;

interface Seen {
  readonly seq: number;
  readonly lanes: StateLanes | null;
  readonly merges: readonly SessionMerge[];
}

function seenWith(before: Seen, now: { readonly seq: number; readonly lanes: StateLanes }): Seen {
  // The run went back, or began anew.
  if (before.lanes === null || now.seq < before.seq) return { ...now, merges: [] };
  const fresh = mergesBetween(before.lanes, now.lanes);
  return { ...now, merges: [...fresh.toReversed(), ...before.merges].slice(0, MOST_MERGES) };
}

const NOTHING: Seen = { seq: 0, lanes: null, merges: [] };

/** Which sessions became one since the tab was opened, going by what it saw: event by event where the run is stepped. */
export function SessionMergesView({ lanes }: { lanes: StateLanes }): ReactElement | null {
  const seq = useRunStore((state) => lookedAt(state).seq);
  const [seen, setSeen] = useState(NOTHING);
  if (seen.lanes !== lanes) setSeen(seenWith(seen, { seq, lanes }));
  if (seen.merges.length === 0) return null;
  return (
    <section className={styles['section']} aria-label="Merged sessions">
      <h3 className={styles['heading']}>Merged, as seen here</h3>
      <ul className={styles['merges']}>
        {seen.merges.map(({ key, parts, into }, i) => (
          <li key={i}>
            {key} {parts.map(({ startMs, endMs }) => formatWindowShort(startMs, endMs)).join(' + ')} →{' '}
            <b>{formatWindowShort(into.startMs, into.endMs)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
