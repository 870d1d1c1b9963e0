import { Biohazard, Gauge, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { effectiveConfig } from '../../../app/document-settings.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import type { DocumentNode } from '../../../app/document-store.ts';
import { parseDuration } from '../../../stream/duration.ts';
import { Button } from '../../theme/button.tsx';
import { formatCount } from '../../theme/format.ts';
import styles from './lab.module.css';
import { cutPartition, poisonOne, setRateNow } from './strike-now.ts';

/** As the steps of a profile take it. */
const PERCENT_MAX = 100_000;

/** What can be done to a source while it runs; it happens right behind where the run stands. */
export function FaultButtons({ node }: { node: DocumentNode }): ReactElement {
  const isReadOnly = useDocumentStore((state) => state.refusal !== null);
  const count = Number(effectiveConfig(node, 'config')['partitions'] ?? 1);
  const [partition, choose] = useState('0');
  const [length, setLength] = useState('30s');
  const forMs = parseDuration(length);
  const place = /^\d+$/.test(partition) ? Number(partition) : -1;
  const isGoodPlace = place >= 0 && place < count;
  const isGood = forMs !== null && forMs > 0 && isGoodPlace;
  return (
    <div className={styles['cut']} role="group" aria-label="Faults while it runs">
      <Button isSmall disabled={isReadOnly} onClick={() => void poisonOne(node.id)}>
        <Biohazard size={14} aria-hidden /> Poison one event
      </Button>
      <Button
        isSmall
        disabled={isReadOnly || !isGood}
        title={isGood ? undefined : `A partition from 0 to ${String(count - 1)}, and a time such as 30s.`}
        onClick={() => void (forMs !== null && cutPartition(node.id, place, forMs))}
      >
        <Unplug size={14} aria-hidden /> Cut partition
      </Button>
      <label>
        <input
          aria-label="Partition to cut"
          inputMode="numeric"
          value={partition}
          aria-invalid={!isGoodPlace}
          onChange={({ target }) => choose(target.value.trim())}
        />
      </label>
      <label>
        for
        <input
          aria-label="Cut for"
          value={length}
          aria-invalid={forMs === null || forMs <= 0}
          onChange={({ target }) => setLength(target.value)}
        />
      </label>
      <RateNow nodeId={node.id} isReadOnly={isReadOnly} />
    </div>
  );
}

function RateNow({ nodeId, isReadOnly }: { nodeId: string; isReadOnly: boolean }): ReactElement {
  const [percent, setPercent] = useState('300');
  const figure = /^\d+(\.\d+)?$/.test(percent) ? Number(percent) : -1;
  const isGood = figure > 0 && figure <= PERCENT_MAX;
  return (
    <span className={styles['now']}>
      <Button
        isSmall
        disabled={isReadOnly || !isGood}
        title={isGood ? undefined : `Above 0 %, and at most ${formatCount(PERCENT_MAX)} %.`}
        onClick={() => void setRateNow(nodeId, figure)}
      >
        <Gauge size={14} aria-hidden /> Set rate
      </Button>
      <label>
        to
        <input
          aria-label="Percent of the rate"
          inputMode="decimal"
          value={percent}
          aria-invalid={!isGood}
          onChange={({ target }) => setPercent(target.value.trim())}
        />
        %
      </label>
    </span>
  );
}
