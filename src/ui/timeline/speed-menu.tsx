import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import type { Speed } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { CLOCK_FACTORS, EVENT_RATES, sameSpeed, speedName } from './speeds.ts';
import styles from './run-controls.module.css';

const CLOCK: readonly Speed[] = CLOCK_FACTORS.map((factor) => ({ kind: 'clock', factor }));
const EVENTS: readonly Speed[] = EVENT_RATES.map((perSec) => ({ kind: 'events', perSec }));
const MAX: Speed = { kind: 'max' };

/** How fast the log is taken. Changes no result. */
export function SpeedMenu(): ReactElement {
  const speed = useRunStore((state) => state.speed);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button aria-label={`Speed: ${speedName(speed)}`} className={styles['speed'] ?? ''}>
          {speedName(speed)}
          <ChevronDown size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['menu'] ?? ''} align="start" sideOffset={4}>
          <div className={styles['columns']}>
            <DropdownMenu.Group>
              <DropdownMenu.Label className={styles['menuLabel'] ?? ''}>times real time</DropdownMenu.Label>
              {CLOCK.map((option) => (
                <SpeedItem key={speedName(option)} option={option} current={speed} />
              ))}
            </DropdownMenu.Group>
            <DropdownMenu.Group>
              <DropdownMenu.Label className={styles['menuLabel'] ?? ''}>events a second</DropdownMenu.Label>
              {EVENTS.map((option) => (
                <SpeedItem key={speedName(option)} option={option} current={speed} />
              ))}
              <DropdownMenu.Label className={styles['menuLabel'] ?? ''}>no limit</DropdownMenu.Label>
              <SpeedItem option={MAX} current={speed} />
            </DropdownMenu.Group>
          </div>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function SpeedItem({ option, current }: { option: Speed; current: Speed }): ReactElement {
  const isCurrent = sameSpeed(option, current);
  const { setSpeed } = useRunStore.getState();
  return (
    <DropdownMenu.CheckboxItem className={styles['item'] ?? ''} checked={isCurrent} onSelect={() => setSpeed(option)}>
      {speedName(option)}
      <DropdownMenu.ItemIndicator>
        <Check size={14} aria-hidden />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  );
}
