import { CircleHelp } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { CHANGES_IN_ORDER, STREAM_WORDS } from '../../app/stream-words.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Changes } from '../../stream/row-kind.ts';
import { Button } from '../theme/button.tsx';
import styles from './line-key.module.css';
import { StreamBadge } from './stream-badge.tsx';
import { StreamLine } from './stream-line.tsx';

const LINE = 'M4 12H92';

function sampleOf(changes: Changes): StreamType {
  return { schema: { fields: [] }, changes, key: null, eventTime: false };
}

/** What the lines and ports of the graph mean. */
export function LineKey(): ReactElement {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button look="quiet" isIcon aria-label="What the lines mean" title="What the lines mean">
          <CircleHelp size={16} aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles['key']}
          side="top"
          align="start"
          sideOffset={8}
          aria-label="What the lines mean"
        >
          <dl>
            {CHANGES_IN_ORDER.map((changes) => (
              <div key={changes}>
                <dt>
                  <svg width={96} height={24} aria-hidden>
                    <StreamLine path={LINE} changes={changes} />
                    <StreamBadge type={sampleOf(changes)} x={48} y={12} />
                  </svg>
                  <b>{STREAM_WORDS[changes].title}</b>
                </dt>
                <dd>{STREAM_WORDS[changes].text}</dd>
              </div>
            ))}
            <div>
              <dt>
                <svg width={96} height={24} aria-hidden>
                  <StreamLine path={LINE} changes="append" side="late" />
                </svg>
                <b>Late rows</b>
              </dt>
              <dd>Rows that came too late for the node, each with the columns that it had.</dd>
            </div>
            <div>
              <dt>
                <svg width={96} height={24} aria-hidden>
                  <StreamLine path={LINE} changes="append" />
                  <StreamBadge type={{ ...sampleOf('append'), eventTime: true }} x={48} y={12} />
                </svg>
                <b>Event time</b>
              </dt>
              <dd>The clock: rows carry an event time, by which windows and joins can go.</dd>
            </div>
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
