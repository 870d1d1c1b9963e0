import { Maximize2, Minimize2, Table2, UnfoldHorizontal, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useId, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import type { RunStatus } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { withKeys } from '../shell/commands/with-keys.ts';
import { usePanels } from '../shell/panel-store.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import type { CardPlace } from './plane-card.tsx';
import { PlaneCard } from './plane-card.tsx';
import { PlaneGuide } from './plane-guide.tsx';
import { PlaneLegend } from './plane-legend.tsx';
import { PlaneNote } from './plane-note.tsx';
import { PlaneNotices } from './plane-notices.tsx';
import { PlaneTable } from './plane-table.tsx';
import { onPlaneKey } from './plane-keys.ts';
import type { PlaneScreen, PlaneState } from './plane-screen.ts';
import { planeSummary, viewWords } from './plane-words.ts';
import { usePlanePointer } from './use-plane-pointer.ts';
import { usePlane } from './use-plane.ts';
import { zoomed } from './view.ts';
import styles from './plane.module.css';

interface PlanePanelProps {
  /** Where what is selected is explained. */
  readonly card: CardPlace;
}

/** Event time against processing time, of the node that is watched. */
export function PlanePanel({ card }: PlanePanelProps): ReactElement {
  const { screen, state, host, base, overlay } = usePlane();
  const [isTable, setTable] = useState(false);
  const [spot, setSpot] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const hover = useCallback((next: { readonly x: number; readonly y: number } | null) => setSpot(next), []);
  usePlanePointer(screen, host, hover);
  const word = useTimeWord();
  const status = useRunStore((run) => lookedAt(run).status.kind);
  const hasErrors = useRunStore((run) => run.problems.some(({ severity }) => severity === 'error'));
  const id = useId();
  const isEmpty = state.data === null || state.data.points.length === 0;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTableKey = event.key.toLowerCase() === 't';
    if (isTableKey) setTable(!isTable);
    else if (isTable || !onPlaneKey(screen, event.key, event.shiftKey, word)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles['panel']} aria-labelledby={id} data-plane>
      <header className={styles['head']}>
        <h3 id={id}>Event time × processing time</h3>
        <PlaneLegend data={state.data} word={word} />
        <span className={styles['controls']}>
          <KeyChoice screen={screen} state={state} />
          <ViewButtons screen={screen} state={state} />
          <button
            type="button"
            className={styles['tool']}
            aria-label="Plane as table"
            aria-pressed={isTable}
            title={isTable ? 'Show the plane (T)' : 'Show as table (T)'}
            onClick={() => setTable(!isTable)}
          >
            <Table2 size={13} aria-hidden />
          </button>
          <PlaneGuide data={state.data} word={word} />
          <FillButton />
        </span>
      </header>
      <div className={styles['stage']}>
        <div
          ref={host}
          className={styles['plot']}
          role="application"
          aria-roledescription="plot"
          aria-label={planeSummary(state.data, word)}
          aria-description={inViewWords(state)}
          tabIndex={0}
          onKeyDown={onKeyDown}
          data-view={state.mode}
          hidden={isTable}
        >
          <canvas ref={base} className={styles['layer']} aria-hidden />
          <canvas ref={overlay} className={styles['layer']} aria-hidden />
        </div>
        {isTable && <PlaneTable data={state.data} word={word} onKeyDown={onKeyDown} />}
        {isEmpty && !isTable && <p className={styles['empty']}>{emptyWords(status, hasErrors)}</p>}
        {!isTable && <PlaneNotices screen={screen} state={state} />}
        <PlaneCard screen={screen} state={state} word={word} at={card} />
        {!isTable && <PlaneNote screen={screen} state={state} spot={spot} word={word} />}
      </div>
    </section>
  );
}

function emptyWords(status: RunStatus['kind'], hasErrors: boolean): string {
  if (status === 'ended') return 'No event has come here.';
  if (status === 'running') return 'No event has come here yet.';
  const isStuck = status === 'failed' || (status === 'idle' && hasErrors);
  return isStuck ? 'No event has arrived yet.' : 'No event has arrived yet. Press play, or take a step.';
}

function inViewWords({ mode, shown }: PlaneState): string {
  if (mode === 'all') return 'Shows all that has come.';
  return mode === 'follow' || shown === null ? 'Shows the newest stretch.' : viewWords(shown);
}

function ViewButtons({ screen, state }: { screen: PlaneScreen; state: PlaneState }): ReactElement {
  const zoom = (factor: number): void => {
    const { frame } = screen;
    if (frame === null) return;
    const { view } = frame;
    screen.show(zoomed(view, factor, (view.eventFromMs + view.eventToMs) / 2, (view.atFromMs + view.atToMs) / 2));
    screen.tellRangesSoon();
  };
  return (
    <>
      <button
        type="button"
        className={styles['tool']}
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => zoom(1 / 0.7)}
      >
        <ZoomOut size={13} aria-hidden />
      </button>
      <button
        type="button"
        className={styles['tool']}
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoom(0.7)}
      >
        <ZoomIn size={13} aria-hidden />
      </button>
      <button
        type="button"
        className={styles['word']}
        aria-pressed={state.mode === 'follow'}
        title="Keep the newest stretch in view (F)"
        onClick={() => screen.showMode('follow')}
      >
        Follow
      </button>
      <button
        type="button"
        className={styles['word']}
        aria-pressed={state.mode === 'all'}
        title="Show all that has come (0, or double click)"
        onClick={() => screen.showMode('all')}
      >
        <UnfoldHorizontal size={12} aria-hidden /> All
      </button>
    </>
  );
}

/** Gives the plane the whole window, or takes it back. */
function FillButton(): ReactElement {
  const { filled, fill } = usePanels();
  const isFilled = filled === 'plane';
  const Icon = isFilled ? Minimize2 : Maximize2;
  const text = isFilled ? 'Back to all panels' : 'Fill the window';
  return (
    <button
      type="button"
      className={styles['tool']}
      aria-label={`${text}: plane`}
      title={withKeys(text, 'view.fill-plane')}
      onClick={() => fill('plane')}
    >
      <Icon size={13} aria-hidden />
    </button>
  );
}

const MOST_KEYS_OFFERED = 200;

/** Sessions and pairs of one key can be read; those of many lie on top of each other. */
function KeyChoice({ screen, state }: { screen: PlaneScreen; state: PlaneState }): ReactElement | null {
  const { data, key } = state;
  if (data === null || data.keys.length < 2) return null;
  const name = data.facts.keyNames.join(' · ') || 'key';
  const offered = data.keys
    .map(({ text }, i) => ({ text, number: i + 1, rows: data.keyCounts[i] ?? 0 }))
    .toSorted((a, b) => b.rows - a.rows)
    .filter((one, i) => i < MOST_KEYS_OFFERED || one.number === key);
  return (
    <select
      className={styles['key']}
      aria-label={`Show ${name}`}
      title={`Which ${name} is shown`}
      value={key}
      onChange={(event) => screen.chooseKey(Number(event.target.value))}
    >
      <option value={0}>all keys</option>
      {offered.map(({ text, number }) => (
        <option key={number} value={number}>
          {text}
        </option>
      ))}
    </select>
  );
}
