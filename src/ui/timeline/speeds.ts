import type { Speed } from '../../app/run-state.ts';

export const CLOCK_FACTORS = [0.1, 0.5, 1, 2, 4, 10, 60, 600, 3_600] as const;
export const EVENT_RATES = [1, 5, 10, 100, 1_000, 10_000] as const;

const grouped = new Intl.NumberFormat('en-US');

/** `4×`, `100 events/s`, `Max`. */
export function speedName(speed: Speed): string {
  switch (speed.kind) {
    case 'max':
      return 'Max';
    case 'clock':
      return `${grouped.format(speed.factor)}×`;
    case 'events':
      return `${grouped.format(speed.perSec)}\u00a0/s`;
  }
}

export function sameSpeed(a: Speed, b: Speed): boolean {
  return speedName(a) === speedName(b);
}
