import { Copy, Play, Waypoints } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { lookedAt } from '../../app/looked-at.ts';
import type { ResultTable } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { STREAM_WORDS } from '../../app/stream-words.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { useTimeView } from '../../app/time-view.ts';
import { useWaitingText } from '../charts/use-waiting-text.ts';
import { Badge } from '../theme/badge.tsx';
import { Button } from '../theme/button.tsx';
import { formatCount, formatExactCount } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';
import { Segments } from '../theme/segments.tsx';
import panel from './inspector.module.css';
import { rowJson } from './row-columns.ts';
import type { RowPlace } from './row-places.ts';
import { rowPlaces } from './row-places.ts';
import { useInspector } from './inspector-store.ts';
import { selectionOf } from './row-selection.ts';
import { RowsGrid } from './rows-grid.tsx';
import styles from './rows-tab.module.css';
import { StreamSchema } from './schema-section.tsx';
import { useTracedRows } from './use-traced-rows.ts';
import { ROWS_MAX, useRows } from './use-rows.ts';

/** Places that stand side by side; more of them are chosen from a list. */
const SIDE_BY_SIDE = 4;

/** What comes in and what goes out, place by place: its columns, and its newest rows. */
export function RowsTab({ node, definition }: { node: DocumentNode; definition: NodeDefinition }): ReactElement {
  const document = useDocumentStore((state) => state.document);
  const streams = useAnalysis((state) => state.streams.get(node.id));
  const [chosen, choose] = useState<string | null>(null);
  const places = rowPlaces({ document, node, definition, streams });
  const place = places.find(({ key }) => key === chosen) ?? places[0];
  if (place === undefined) return <p className={panel['note']}>Nothing flows in yet: draw an edge to this node.</p>;
  return (
    <>
      <PlaceChoice places={places} place={place} onChoose={choose} />
      <PlaceRows key={place.key} place={place} />
    </>
  );
}

interface PlaceChoiceProps {
  readonly places: readonly RowPlace[];
  readonly place: RowPlace;
  readonly onChoose: (key: string) => void;
}

function PlaceChoice({ places, place, onChoose }: PlaceChoiceProps): ReactElement | null {
  if (places.length === 1) return null;
  if (places.length <= SIDE_BY_SIDE) {
    const options = places.map(({ key, title }) => ({ value: key, label: title }));
    return <Segments label="Which rows" value={place.key} options={options} onChange={onChoose} />;
  }
  return (
    <select
      className={styles['choice']}
      aria-label="Which rows"
      value={place.key}
      onChange={(event) => onChoose(event.target.value)}
    >
      {places.map(({ key, title, about }) => (
        <option key={key} value={key}>
          {title} ({about})
        </option>
      ))}
    </select>
  );
}

function PlaceRows({ place }: { place: RowPlace }): ReactElement {
  const [isOver, setOver] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const isHeld = isOver || isScrolled || active !== null;
  const table = useRows(place, isHeld);
  const activate = (row: number | null): void => {
    setActive(row);
    const { document } = useDocumentStore.getState();
    const { select } = useTimeView.getState();
    select(row === null || table === null ? null : selectionOf(document, place, table, row));
  };
  const copy = (row: number): void => {
    if (table === null) return;
    void navigator.clipboard
      .writeText(rowJson(table, row))
      .then(() => notify('success', 'The row was copied as JSON.'));
  };
  return (
    <>
      <PlaceHead place={place} table={table} />
      {table === null ? (
        <NoRows place={place} />
      ) : (
        <div
          className={styles['frame']}
          onPointerEnter={({ pointerType }) => setOver(pointerType === 'mouse')}
          onPointerLeave={() => setOver(false)}
        >
          <RowsGrid
            place={place}
            table={table}
            active={active}
            onActive={activate}
            onCopy={copy}
            onScrolled={setScrolled}
          />
          <Footer
            table={table}
            active={active}
            isHeld={isHeld}
            onCopy={copy}
            onTrace={() => useInspector.getState().show('lineage')}
            onGoOn={() => {
              activate(null);
              setOver(false);
            }}
          />
        </div>
      )}
    </>
  );
}

function PlaceHead({ place, table }: { place: RowPlace; table: ResultTable | null }): ReactElement {
  const { about, type, nodeId, port, edge } = place;
  const shown = table?.length ?? 0;
  const traced = useTracedRows(place, table);
  const count = useRunStore((state) => (edge === null ? state.nodes[nodeId]?.emitted[port] : state.edges[edge]?.rows));
  return (
    <div className={styles['about']}>
      <p className={panel['dim']}>
        {count === undefined ? about : `${formatCount(count)} ${count === 1 ? 'row' : 'rows'} ${about}`}
        {count !== undefined && shown > 0 && shown < count && `, the newest ${formatCount(shown)} here`}
        {traced.size > 0 && `, ${formatCount(traced.size)} in the lineage`}
      </p>
      {type !== null && (
        <span className={styles['badges']}>
          <Badge>{STREAM_WORDS[type.changes].title.toLowerCase()}</Badge>
          {type.eventTime && <Badge tone="tide">event time</Badge>}
        </span>
      )}
    </div>
  );
}

/** Where the rows are that are not here, and what they will look like. */
function NoRows({ place }: { place: RowPlace }): ReactElement {
  const waiting = useWaitingText();
  const hasRun = useRunStore((state) => lookedAt(state).seq > 0);
  const reason = !place.isConnected
    ? 'Rows are kept here once an edge begins at this port. The deck shows those that were dropped.'
    : !hasRun
      ? 'Nothing has run yet.'
      : place.edge === null && waiting !== null
        ? `No row yet: ${waiting}`
        : 'No row yet.';
  return (
    <>
      <p className={panel['note']}>{reason}</p>
      <StreamSchema title="Columns" type={place.type} />
    </>
  );
}

interface FooterProps {
  readonly table: ResultTable;
  readonly active: number | null;
  readonly isHeld: boolean;
  readonly onCopy: (row: number) => void;
  readonly onTrace: () => void;
  readonly onGoOn: () => void;
}

function Footer({ table, active, isHeld, onCopy, onTrace, onGoOn }: FooterProps): ReactElement {
  const isRunning = useRunStore((state) => lookedAt(state).status.kind === 'running');
  return (
    <div className={styles['foot']}>
      {active === null ? (
        <span>
          {isRunning && isHeld ? 'Held while you read' : table.length >= ROWS_MAX ? 'Older rows are let go' : ''}
        </span>
      ) : (
        <>
          <span>entry {formatExactCount(table.seq[active])}</span>
          <Button look="quiet" isSmall onClick={() => onCopy(active)}>
            <Copy size={12} aria-hidden /> Copy as JSON
          </Button>
          {!isRunning && (
            <Button look="quiet" isSmall onClick={onTrace}>
              <Waypoints size={12} aria-hidden /> Lineage
            </Button>
          )}
          {isRunning && (
            <Button look="quiet" isSmall onClick={onGoOn}>
              <Play size={12} aria-hidden /> Go on
            </Button>
          )}
        </>
      )}
    </div>
  );
}
