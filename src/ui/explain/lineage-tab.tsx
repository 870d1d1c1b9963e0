import type { ReactElement } from 'react';
import { useThroughName } from '../../app/consumers/through-name.ts';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { LoggedEvent, ResultPlace, TracedEvent, TracedResult } from '../../app/explaining.ts';
import { lineagePath } from '../../app/lineage-path.ts';
import { resultNames } from '../../app/lineage-view.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { TimeSelection } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { ChangeBadge } from '../theme/change-badge.tsx';
import { formatCount, formatTime, formatWindow } from '../theme/format.ts';
import styles from './explain.module.css';
import { Cancelled, Searching } from './searching.tsx';
import { useAnswer } from './use-answer.ts';
import { useShownLineage } from './use-shown-lineage.ts';

/** Where the selected result came from, and what the selected event came to. */
export function LineageTab({ node }: { node: DocumentNode }): ReactElement {
  const selection = useTimeView((state) => state.selection);
  const results = useRunStore((state) => (state.watched === node.id ? state.results : null));
  const position = useRunStore((state) => lookedAt(state).seq);
  const isRunning = useRunStore((state) => lookedAt(state).status.kind === 'running');
  const reader = useThroughName();
  if (isRunning) {
    const [who, read] = reader === null ? ['the run', 'has come'] : [reader, 'it has read'];
    return (
      <p className={styles['note']}>
        Pause {who}: lineage is of what {read} by then.
      </p>
    );
  }
  const newest = results === null || results.length === 0 ? null : (results.seq[results.length - 1] ?? null);
  const place = resultPlace(node.id, selection) ?? (newest === null ? null : { nodeId: node.id, seq: newest, nth: -1 });
  if (selection?.kind === 'event') return <OfEvent seq={selection.seq} position={position} />;
  if (place === null) {
    return (
      <p className={styles['note']}>
        Select a result or an event on the plane, in the charts or in a table: its lineage stands here.
      </p>
    );
  }
  return <OfResult place={place} position={position} />;
}

function resultPlace(nodeId: string, selection: TimeSelection | null): ResultPlace | null {
  if (selection?.kind !== 'pane' || selection.nodeId !== nodeId) return null;
  const { seq, startMs, endMs, key, nth } = selection;
  if (nth !== undefined || Number.isNaN(startMs)) return { nodeId, seq, nth: nth ?? 0 };
  return { nodeId, seq, nth: 0, pane: { startMs, endMs, key } };
}

function OfResult({ place, position }: { place: ResultPlace; position: number }): ReactElement {
  const traced = useAnswer(
    `result ${JSON.stringify(place)} ${String(position)}`,
    (engine) => engine.lineageOf(place),
    'lineage',
  );
  if (traced.kind === 'waiting') return <Searching question="lineage" words="Tracing the result through the run…" />;
  if (traced.kind === 'cancelled') return <Cancelled answered={traced} />;
  if (traced.kind === 'failed') return <p className={styles['note']}>It could not be traced: {traced.message}</p>;
  if (traced.answer === null) return <p className={styles['note']}>No result came with event #{place.seq}.</p>;
  return <ResultLineage traced={traced.answer} />;
}

function ResultLineage({ traced: { lineage, events, witnesses } }: { traced: TracedResult }): ReactElement {
  const { result, isLeast } = lineage;
  const { window } = result;
  const hasWitnesses = lineage.witnesses.length > 0;
  useShownLineage(() => {
    const sources = [...events, ...witnesses].map(({ sourceId }) => sourceId);
    return {
      ...lineagePath(useDocumentStore.getState().document, sources, [result.node]),
      events: new Set([...lineage.events, ...lineage.witnesses]),
      results: new Set(resultNames(useDocumentStore.getState().document, result)),
    };
  }, lineage);
  return (
    <>
      <section className={styles['lineage']} aria-label="The result">
        <h3 className={styles['heading']}>The result</h3>
        <p className={styles['note']}>
          <ChangeBadge kind={result.op} isLate={result.pane?.timing === 'late'} />{' '}
          {window !== null && <b>{formatWindow(window[0], window[1])} </b>}
          {rowText(result.row)} <span className={styles['dim']}>came with entry #{result.seq}</span>
        </p>
      </section>
      <EventList title="Made of" events={events} total={lineage.events.length} />
      {hasWitnesses && (
        <>
          <EventList title="Needed beside them" events={witnesses} total={lineage.witnesses.length} />
          <p className={styles['dim']}>Not in the result, but without them it would not have come as it did.</p>
        </>
      )}
      <p className={styles['dim']}>
        {isLeast
          ? 'Run by themselves, with time passing as it did, these events bring the result again.'
          : 'These events bring the result again; the search for fewer witnesses was given up.'}
      </p>
    </>
  );
}

interface EventListProps {
  readonly title: string;
  readonly events: readonly LoggedEvent[];
  readonly total: number;
}

function EventList({ title, events, total }: EventListProps): ReactElement {
  const document = useDocumentStore((state) => state.document);
  return (
    <section className={styles['lineage']} aria-label={title}>
      <h3 className={styles['heading']}>
        {title} {formatCount(total)} {total === 1 ? 'event' : 'events'}
      </h3>
      <ul className={styles['events']}>
        {events.map(({ seq, sourceId, tsMs, atMs, row }) => {
          const source = nodeById(document, sourceId);
          return (
            <li key={seq}>
              <EventButton seq={seq} nodeId={sourceId} tsMs={tsMs} atMs={atMs} /> {formatTime(tsMs)}{' '}
              <span className={styles['dim']}>
                {source === undefined ? sourceId : displayName(source)} · {rowText(row, tsMs)}
              </span>
            </li>
          );
        })}
      </ul>
      {total > events.length && <p className={styles['dim']}>and {formatCount(total - events.length)} more</p>}
    </section>
  );
}

interface EventButtonProps {
  readonly seq: number;
  readonly nodeId: string;
  readonly tsMs: number | null;
  readonly atMs: number;
}

function EventButton({ seq, nodeId, tsMs, atMs }: EventButtonProps): ReactElement {
  const select = (): void =>
    useTimeView.getState().select({ kind: 'event', nodeId, seq, atMs, ...(tsMs === null ? {} : { eventMs: tsMs }) });
  return (
    <button type="button" className={styles['link']} aria-label={`Select event #${String(seq)}`} onClick={select}>
      #{seq}
    </button>
  );
}

function OfEvent({ seq, position }: { seq: number; position: number }): ReactElement {
  const traced = useAnswer(`event ${String(seq)} ${String(position)}`, (engine) => engine.effectsOf(seq), 'lineage');
  if (traced.kind === 'waiting') return <Searching question="lineage" words="Following the event through the run…" />;
  if (traced.kind === 'cancelled') return <Cancelled answered={traced} />;
  if (traced.kind === 'failed') return <p className={styles['note']}>It could not be followed: {traced.message}</p>;
  return <EventEffects seq={seq} traced={traced.answer} />;
}

function EventEffects({ seq, traced: { event, effects } }: { seq: number; traced: TracedEvent }): ReactElement {
  const document = useDocumentStore((state) => state.document);
  const nameOf = (id: string): string => {
    const node = nodeById(document, id);
    return node === undefined ? id : displayName(node);
  };
  const { results, total, ends } = effects;
  useShownLineage(() => {
    const ids = [...results.map(({ node }) => node), ...ends.map(({ nodeId }) => nodeId)];
    return {
      ...lineagePath(document, event === null ? [] : [event.sourceId], ids),
      events: new Set([seq]),
      results: new Set(results.flatMap((result) => resultNames(document, result))),
    };
  }, effects);
  return (
    <>
      <section className={styles['lineage']} aria-label={`Event #${String(seq)}`}>
        <h3 className={styles['heading']}>Event #{seq}</h3>
        {event !== null && (
          <p className={styles['note']}>
            <b>{formatTime(event.tsMs)}</b> of {nameOf(event.sourceId)} · {rowText(event.row, event.tsMs)}
          </p>
        )}
        {ends.map(({ nodeId, reason }) => (
          <p key={`${nodeId} ${reason}`} className={styles['note']}>
            {nameOf(nodeId)} {reason === 'rejected' ? 'rejected it' : `dropped it: ${reason}`}.
          </p>
        ))}
      </section>
      <section className={styles['lineage']} aria-label="Took part in">
        <h3 className={styles['heading']}>
          Took part in {formatCount(total)} {total === 1 ? 'row' : 'rows'}
        </h3>
        <ul className={styles['events']}>
          {results.map(({ node, seq: at, nth, op, window, row }, i) => (
            <li key={i}>
              <ResultButton nodeId={node} seq={at} nth={nth} window={window} name={nameOf(node)} />{' '}
              <ChangeBadge kind={op} isLate={false} /> {window !== null && `${formatWindow(window[0], window[1])} `}
              <span className={styles['dim']}>{rowText(row)}</span>
            </li>
          ))}
        </ul>
        {total > results.length && <p className={styles['dim']}>and {formatCount(total - results.length)} more</p>}
      </section>
    </>
  );
}

interface ResultButtonProps {
  readonly nodeId: string;
  readonly seq: number;
  readonly nth: number;
  readonly window: readonly [number, number] | null;
  readonly name: string;
}

/** Shows what a result is made of. */
function ResultButton({ nodeId, seq, nth, window, name }: ResultButtonProps): ReactElement {
  const select = (): void => {
    const [startMs, endMs] = window ?? [Number.NaN, Number.NaN];
    useDocumentStore.getState().select({ nodeIds: [nodeId] });
    useTimeView.getState().select({ kind: 'pane', nodeId, key: null, startMs, endMs, seq, nth });
  };
  return (
    <button type="button" className={styles['link']} onClick={select}>
      {name}
    </button>
  );
}

/** Values that are shown of a row. */
const VALUES_SHOWN = 4;

/** Without the event time, which stands before it. */
function rowText(row: Readonly<Record<string, unknown>>, tsMs: number | null = null): string {
  return Object.entries(row)
    .filter(([name, value]) => name !== 'window_start' && name !== 'window_end' && (tsMs === null || value !== tsMs))
    .slice(0, VALUES_SHOWN)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
