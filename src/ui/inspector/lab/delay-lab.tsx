import { Dices } from 'lucide-react';
import { useId } from 'react';
import type { ReactElement } from 'react';
import { DISORDER_PRESETS, applyPreset, presetOf, takeNewSeed } from '../../../app/disorder-lab.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import { effectiveConfig } from '../../../app/document-settings.ts';
import { valueAt } from '../../../app/document-value.ts';
import type { DelayPicture } from '../../../app/run-state.ts';
import { Button } from '../../theme/button.tsx';
import { formatCount, formatDuration } from '../../theme/format.ts';
import fields from '../fields.module.css';
import { DelayPlot } from './delay-plot.tsx';
import { FaultButtons } from './fault-buttons.tsx';
import styles from './lab.module.css';
import { PartitionBars } from './partition-bars.tsx';
import { useDelayPicture } from './use-delay-picture.ts';

/** The disorder of a generator: taken from a preset, and as a picture of what its own code makes of the figures. */
export function DelayLab({ nodeId }: { nodeId: string }): ReactElement | null {
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const picture = useDelayPicture(node?.config);
  const select = useId();
  if (node === undefined) return null;
  const preset = presetOf(node);
  const delayMs = valueAt(effectiveConfig(node, 'config'), ['watermark', 'delayMs']);
  return (
    <div className={styles['lab']}>
      <div className={fields['field']}>
        <label htmlFor={select}>Preset</label>
        <div className={fields['input']}>
          <select
            id={select}
            value={preset?.id ?? ''}
            onChange={(event) => {
              const chosen = DISORDER_PRESETS.find(({ id }) => id === event.target.value);
              if (chosen !== undefined) applyPreset(nodeId, chosen);
            }}
          >
            <option value="" disabled>
              Own figures
            </option>
            {DISORDER_PRESETS.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </div>
      </div>
      {preset !== undefined && (
        <p className={styles['about']}>
          {preset.about} <small>{preset.source}</small>
        </p>
      )}
      {picture !== null && typeof delayMs === 'number' && (
        <>
          <DelayPlot picture={picture} delayMs={delayMs} />
          <Figures picture={picture} delayMs={delayMs} />
          <PartitionBars partitions={picture.partitions} />
        </>
      )}
      <Seed />
      <FaultButtons node={node} />
    </div>
  );
}

function Figures({ picture, delayMs }: { picture: DelayPicture; delayMs: number }): ReactElement {
  const { rows, p50Ms, p95Ms, p99Ms, beyond, late, early } = picture;
  const percent = (count: number): string => (rows === 0 ? '0 %' : `${percentText((100 * count) / rows)} %`);
  return (
    <dl className={styles['figures']} aria-live="polite">
      <div>
        <dt>p50</dt>
        <dd>{formatDuration(p50Ms)}</dd>
      </div>
      <div>
        <dt>p95</dt>
        <dd>{formatDuration(p95Ms)}</dd>
      </div>
      <div>
        <dt>p99</dt>
        <dd>{formatDuration(p99Ms)}</dd>
      </div>
      <div data-tone={beyond > 0 ? 'late' : undefined}>
        <dt>over {formatDuration(delayMs)}</dt>
        <dd title={`${formatCount(beyond)} of the first ${formatCount(rows)} events`}>{percent(beyond)}</dd>
      </div>
      {late !== null && (
        <div data-tone={late > 0 ? 'late' : undefined}>
          <dt>behind W</dt>
          <dd title={`${formatCount(late)} come when the watermark of the source has passed them`}>{percent(late)}</dd>
        </div>
      )}
      {early > 0 && (
        <div>
          <dt>early</dt>
          <dd title={`${formatCount(early)} arrive before the time that they carry`}>{percent(early)}</dd>
        </div>
      )}
    </dl>
  );
}

/** Two digits that count, and never 0 for what is there. */
function percentText(percent: number): string {
  return percent === 0 || percent >= 10 ? String(Math.round(percent)) : String(Number(percent.toPrecision(2)));
}

function Seed(): ReactElement {
  const seed = useDocumentStore((state) => state.document.run.seed);
  return (
    <div className={styles['seed']}>
      <span>
        Seed <b>{seed}</b>
      </span>
      <Button isSmall onClick={takeNewSeed} title="Other events of the same kind. Undo brings these back.">
        <Dices size={14} aria-hidden /> New seed
      </Button>
    </div>
  );
}
