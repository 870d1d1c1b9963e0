import { useState } from 'react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Holder, Nudge, Silence } from '../../app/explaining.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useLooks } from '../inspector/use-looks.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { formatCount, formatTime, formatTimeBeside, formatTimeExact, formatWindow } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './explain.module.css';

type Waits = Extract<Silence, { readonly kind: 'waits' }>;

/** Why nothing, or nothing more, comes out of a node: what waits, who holds the watermark, and what may be done about it. */
export function SilenceCard({ nodeId }: { nodeId: string }): ReactElement | null {
  const silence = useLooks(`silence ${nodeId}`, () =>
    useRunStore.getState().ask((engine) => engine.explainSilence(nodeId)),
  );
  const isRunning = useRunStore((state) => lookedAt(state).status.kind === 'running');
  const hasResults = useRunStore(({ nodes }) => (nodes[nodeId]?.emitted.out ?? nodes[nodeId]?.used ?? 0) > 0);
  // While results come they are what is looked at.
  if (isRunning && hasResults) return null;
  if (silence === null || silence.kind === 'flows' || silence.kind === 'not-begun') return null;
  const told = silence.kind === 'one-sided' ? silence.because : silence;
  const title = hasResults ? 'Why nothing more comes out' : 'Why nothing comes out';
  return (
    <section className={styles['silence']} aria-label={title}>
      <h3 className={styles['heading']}>{title}</h3>
      {silence.kind === 'one-sided' && <OneSided nodeId={silence.nodeId} />}
      {told.kind === 'waits' ? <Waiting waits={told} /> : <Stopped silence={told} />}
    </section>
  );
}

function useNames(): (id: string) => string {
  const document = useDocumentStore((state) => state.document);
  return (id) => {
    const node = nodeById(document, id);
    return node === undefined ? id : displayName(node);
  };
}

function OneSided({ nodeId }: { nodeId: string }): ReactElement {
  const nameOf = useNames();
  return (
    <p className={styles['note']}>{nameOf(nodeId)} has rows on one side only: without a partner nothing is joined.</p>
  );
}

function Stopped({ silence }: { silence: Silence }): ReactElement {
  const nameOf = useNames();
  return <p className={styles['note']}>{stoppedText(silence, nameOf)}</p>;
}

function stoppedText(silence: Silence, nameOf: (id: string) => string): string {
  switch (silence.kind) {
    case 'no-events':
      return `${nameOf(silence.nodeId)} has sent no event yet.`;
    case 'no-input':
      return `Nothing flows into ${nameOf(silence.nodeId)}: draw an edge to it.`;
    case 'used-up': {
      const { filtered, rejected, late, unmatched } = silence.fates;
      const parts = [
        [filtered, 'filtered'],
        [rejected, 'rejected'],
        [late, 'dropped as late'],
        [unmatched, 'without a partner'],
      ] as const;
      const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
      return `${nameOf(silence.nodeId)} hands on none of its ${formatCount(silence.in)} rows${told.length === 0 ? '' : `: ${told.join(', ')}`}.`;
    }
    default:
      return `${nameOf('nodeId' in silence ? silence.nodeId : '')} hands on rows.`;
  }
}

/** Partitions that are told by name. */
const HOLDERS_TOLD = 4;

function Waiting({ waits }: { waits: Waits }): ReactElement {
  const { nodeId, first, held, watermarkMs, holders, heedsWatermarks } = waits;
  const nameOf = useNames();
  const word = useTimeWord();
  const rest = holders.length - HOLDERS_TOLD;
  if (first === null) {
    return (
      <p className={styles['note']}>
        {nameOf(nodeId)} holds {formatCount(held)} rows, and no time alone brings them out: it waits for other rows.
      </p>
    );
  }
  const { window, rows, keys, untilMs, byClock } = first;
  return (
    <>
      <p className={styles['note']}>
        {nameOf(nodeId)} waits with{' '}
        {window === null ? 'what it keeps' : <b>{formatWindow(window.startMs, window.endMs)}</b>}
        {rows !== null &&
          ` (${formatCount(rows)} rows${keys === null || keys === 1 ? '' : ` of ${formatCount(keys)} keys`})`}{' '}
        until the {byClock ? 'clock' : word} is at <b>{formatTimeExact(untilMs)}</b>
        {byClock ? '.' : watermarkMs === null ? '; there is none yet.' : `; it stands at ${formatTime(watermarkMs)}.`}
      </p>
      {holders.length > 0 && (
        <ul className={styles['cures']} aria-label={`What holds the ${word}`}>
          {holders.slice(0, HOLDERS_TOLD).map((holder) => (
            <HolderItem
              key={`${holder.sourceId} ${String(holder.partition)}`}
              holder={holder}
              untilMs={untilMs}
              canIdle={heedsWatermarks}
            />
          ))}
          {rest > 0 && <li className={styles['dim']}>and {formatCount(rest)} more</li>}
        </ul>
      )}
      {heedsWatermarks && !byClock && holders.length > 0 && <Nudges holders={holders} untilMs={untilMs} />}
    </>
  );
}

interface HolderItemProps {
  readonly holder: Holder;
  readonly untilMs: number;
  readonly canIdle: boolean;
}

function HolderItem({ holder, untilMs, canIdle }: HolderItemProps): ReactElement {
  const { sourceId, partition, watermarkMs, last, neededMs } = holder;
  const name = `${useNames()(sourceId)}${partition === null ? '' : `, partition ${String(partition)}`}`;
  return (
    <li className={styles['cure']}>
      <span>
        <b>{name}</b> {last === null ? 'has sent nothing' : `stands at ${formatTime(watermarkMs)}`}
        {last !== null && (
          <span className={styles['dim']}>
            {' '}
            since {formatTime(last.atMs)}, event #{last.seq}
          </span>
        )}
        {neededMs !== null && <>; needs an event at {formatTimeBeside(neededMs, untilMs)} or later</>}
      </span>
      {canIdle && (
        <NudgeButton
          label="Mark idle"
          spoken={`Mark ${name} idle`}
          told={`${name} is idle: it holds nothing back.`}
          nudges={[{ kind: 'idle', sourceId, partition: partition ?? 0 }]}
        />
      )}
    </li>
  );
}

function Nudges({ holders, untilMs }: { holders: readonly Holder[]; untilMs: number }): ReactElement {
  const to = (watermarkMs: number): readonly Nudge[] =>
    holders.map(({ sourceId, partition }) => ({ kind: 'watermark', sourceId, partition: partition ?? 0, watermarkMs }));
  return (
    <div className={styles['row']}>
      <NudgeButton
        label={`Send watermark ${formatTimeExact(untilMs)}`}
        told={`Watermark ${formatTimeExact(untilMs)} was sent.`}
        nudges={to(untilMs)}
      />
      <NudgeButton label="End of stream" told="The end of the stream was sent." nudges={to(Infinity)} />
    </div>
  );
}

interface NudgeButtonProps {
  readonly label: string;
  readonly spoken?: string;
  /** Read out once it is done. */
  readonly told: string;
  readonly nudges: readonly Nudge[];
}

function NudgeButton({ label, spoken, told, nudges }: NudgeButtonProps): ReactElement {
  const [isBusy, setBusy] = useState(false);
  const isStale = useRunStore((state) => state.isChanged || state.status.kind === 'failed');
  const isThrough = useRunStore((state) => state.through !== null);
  const nudge = async (): Promise<void> => {
    setBusy(true);
    try {
      await useRunStore.getState().ask((engine) => engine.nudge(nudges));
      announce(told);
    } catch (error) {
      notify('error', 'It could not be sent', error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      isSmall
      aria-label={spoken}
      disabled={isBusy || isStale || isThrough}
      title={isThrough ? 'Go back to the run first: a consumer only reads the log.' : undefined}
      onClick={() => void nudge()}
    >
      {label}
    </Button>
  );
}
