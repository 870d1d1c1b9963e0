import type { ReactElement } from 'react';
import type { Speed } from '../../app/run-state.ts';
import { CLOCK_FACTORS, EVENT_RATES, speedName } from '../timeline/speeds.ts';

const SPEEDS: readonly (readonly [label: string, speeds: readonly Speed[]])[] = [
  ['times real time', CLOCK_FACTORS.map((factor) => ({ kind: 'clock', factor }))],
  ['events a second', EVENT_RATES.map((perSec) => ({ kind: 'events', perSec }))],
  ['no limit', [{ kind: 'max' }]],
];

interface SpeedSelectProps {
  readonly label: string;
  readonly speed: Speed;
  readonly onChange: (speed: Speed) => void;
}

/** How fast a consumer reads. */
export function SpeedSelect({ label, speed, onChange }: SpeedSelectProps): ReactElement {
  const choose = (name: string): void => {
    const found = SPEEDS.flatMap(([, speeds]) => speeds).find((each) => speedName(each) === name);
    if (found !== undefined) onChange(found);
  };
  return (
    <select aria-label={label} value={speedName(speed)} onChange={(event) => choose(event.target.value)}>
      {SPEEDS.map(([group, speeds]) => (
        <optgroup key={group} label={group}>
          {speeds.map((each) => (
            <option key={speedName(each)} value={speedName(each)}>
              {speedName(each)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
