import { Eye, X } from 'lucide-react';
import type { CSSProperties, ReactElement } from 'react';
import type { ReaderFigures, ScreenConsumer } from '../../app/consumers/consumer-store.ts';
import { reportOf, useConsumers } from '../../app/consumers/consumer-store.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { formatCount, formatDate, formatExactCount, formatTime } from '../theme/format.ts';
import tables from '../timeline/tables.module.css';
import { lagWords, placesWords, startWords, stateWords } from './consumer-words.ts';
import { ConsumerMoves } from './consumer-moves.tsx';
import { SpeedSelect } from './speed-select.tsx';
import styles from './consumers.module.css';

/** The run: it writes the log, and reads it as all others do. */
export function RunRow(): ReactElement {
  const report = useConsumers((state) => state.report);
  const run = report?.run ?? null;
  return (
    <tr>
      <th scope="row">
        The run
        <span className={styles['from']}>{report?.isEnded === true ? 'has written it all' : 'writes the log'}</span>
      </th>
      <td className={styles['laneCell']}>
        <span className={styles['lane']} style={laneStyle(0, run?.seq ?? 0, report?.written ?? 0)} aria-hidden />
      </td>
      <Figures figures={run} />
      <td />
    </tr>
  );
}

/** One consumer: where it stands, what came of it, and what can be done with it. */
export function ConsumerRow({ consumer, isShown }: { consumer: ScreenConsumer; isShown: boolean }): ReactElement {
  const { id, name, start } = consumer;
  const report = useConsumers((state) => reportOf(state.report, id));
  const nodes = useDocumentStore((state) => state.document.nodes);
  const nameOf = (sourceId: string): string => {
    const node = nodes.find((each) => each.id === sourceId);
    return node === undefined ? sourceId : displayName(node);
  };
  const from = startWords(start, report);
  const state = stateWords(consumer, report);
  const places = report === null ? '' : placesWords(report, start, nameOf);
  return (
    <tr data-shown={isShown || undefined}>
      <th scope="row">
        <button
          type="button"
          className={styles['pick']}
          aria-pressed={isShown}
          title="Compare it with a reader of the whole log"
          onClick={() => useConsumers.getState().show(isShown ? null : id)}
        >
          {name}
        </button>
        <span className={styles['from']} title={[state, from, places].filter(Boolean).join('. ')}>
          <span className={styles['state']}>{state}</span> · {from}
        </span>
      </th>
      <td className={styles['laneCell']}>
        <Lane consumer={consumer} />
      </td>
      <Figures figures={report} />
      <td>
        <Controls consumer={consumer} />
      </td>
    </tr>
  );
}

/** Its place in the log, by pointer and keys. */
function Lane({ consumer: { id, name } }: { consumer: ScreenConsumer }): ReactElement {
  const report = useConsumers((state) => reportOf(state.report, id));
  const written = useConsumers((state) => state.report?.written ?? 0);
  const seq = report?.seq ?? 0;
  const text =
    report === null
      ? 'not known yet'
      : `offset ${formatExactCount(seq)} of ${formatExactCount(written)}, lag ${lagWords(report)}`;
  return (
    <input
      type="range"
      className={styles['lane']}
      style={laneStyle(report?.firstSeq ?? 0, seq, written)}
      aria-label={`Offset of ${name}`}
      aria-valuetext={text}
      title={text}
      min={0}
      max={Math.max(1, written)}
      step={1}
      value={Math.min(seq, written)}
      disabled={report === null}
      onChange={(event) =>
        useConsumers.getState().steer(id, { kind: 'seek', to: { by: 'seq', seq: event.target.valueAsNumber } })
      }
    />
  );
}

/** Left out up to `--from`, read up to `--at`, lag behind that. */
function laneStyle(firstSeq: number, seq: number, written: number): CSSProperties {
  const share = (value: number): string => `${String((100 * Math.min(value, written)) / Math.max(1, written))}%`;
  return { '--from': share(firstSeq), '--at': share(Math.max(seq, Math.min(firstSeq, written))) } as CSSProperties;
}

function Figures({ figures }: { figures: ReaderFigures | null }): ReactElement {
  const node = figures?.node ?? null;
  const watermarkMs = figures?.watermarkMs ?? null;
  const isFinite = watermarkMs !== null && Number.isFinite(watermarkMs);
  return (
    <>
      <td className={tables['number']}>{formatCount(figures?.seq)}</td>
      <td className={tables['number']} data-tone={figures !== null && figures.lagEntries > 0 ? 'lag' : undefined}>
        {figures === null ? '–' : lagWords(figures)}
      </td>
      <td className={tables['number']} title={isFinite ? `${formatDate(watermarkMs)} UTC` : undefined}>
        {formatTime(watermarkMs)}
      </td>
      <td className={tables['number']}>{formatCount(node?.results)}</td>
      <td className={tables['number']} data-tone={(node?.late ?? 0) > 0 ? 'dropped' : undefined}>
        {formatCount(node?.late)}
      </td>
      <td className={tables['number']}>{formatCount(node?.held)}</td>
    </>
  );
}

function Controls({ consumer: { id, name, speed } }: { consumer: ScreenConsumer }): ReactElement {
  const isThrough = useRunStore((state) => state.through?.consumer === id);
  const isThere = useConsumers((state) => reportOf(state.report, id) !== null);
  const { steer, remove, lookThrough } = useConsumers.getState();
  return (
    <span className={styles['controls']}>
      <Button
        look="quiet"
        isSmall
        className={styles['look'] ?? ''}
        aria-label={`View ${name}`}
        aria-pressed={isThrough}
        title={isThrough ? 'Back to the run' : 'Show charts, plane, counts and state as this consumer has them'}
        disabled={!isThere}
        onClick={() => lookThrough(isThrough ? null : id)}
      >
        <Eye size={14} aria-hidden /> <span className={styles['word']}>View</span>
      </Button>
      <ConsumerMoves id={id} name={name} />
      <SpeedSelect
        label={`Speed of ${name}`}
        speed={speed}
        onChange={(chosen) => steer(id, { kind: 'speed', speed: chosen })}
      />
      <Button
        look="quiet"
        isIcon
        isSmall
        aria-label={`Remove ${name}`}
        title="Remove it; nothing of it is kept"
        onClick={() => {
          remove(id);
          announce(`${name} was removed.`);
        }}
      >
        <X size={14} aria-hidden />
      </Button>
    </span>
  );
}
