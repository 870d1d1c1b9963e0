import { Random } from '../../stream/random.ts';
import { normal } from './delay.ts';
import type { ClockConfig, FaultConfig } from './disorder-config.ts';

const HOUR_MS = 3_600_000;
const CLOCKS_STREAM = 20;
const STEPS_STREAM = 21;
/** Keys that have a clock of their own; of shapes whose keys grow for ever, later ones share it with earlier ones. */
export const DEVICES_MAX = 1_048_576;

interface DeviceClock {
  readonly offsetMs: number;
  readonly driftMsPerHour: number;
  /** Uniform in [0, 100): whose clocks jump. */
  readonly place: number;
}

/** What the clocks of the users show. A user's clock is the same for every source with that seed. */
export class DeviceClocks {
  private readonly clocks: readonly ClockConfig[];
  private readonly steps: readonly FaultConfig[];
  private readonly seed: number;
  private readonly startMs: number;
  private readonly devices = new Map<number, DeviceClock>();

  constructor(clocks: readonly ClockConfig[], steps: readonly FaultConfig[], seed: number, startMs: number) {
    this.clocks = clocks;
    this.steps = steps;
    this.seed = seed;
    this.startMs = startMs;
  }

  /** The time that the user's clock shows at `timeMs`, whole ms. */
  shownMs(key: number, timeMs: number): number {
    const { offsetMs, driftMsPerHour, place } = this.deviceOf(key);
    const sinceMs = timeMs - this.startMs;
    let shownMs = timeMs + offsetMs + Math.floor((driftMsPerHour * sinceMs) / HOUR_MS);
    for (const { afterMs, sharePercent, stepMs } of this.steps) {
      if (sinceMs >= afterMs && place < sharePercent) shownMs += stepMs;
    }
    return shownMs;
  }

  private deviceOf(key: number): DeviceClock {
    const device = key % DEVICES_MAX;
    let clock = this.devices.get(device);
    if (clock === undefined) {
      clock = this.make(device);
      this.devices.set(device, clock);
    }
    return clock;
  }

  private make(device: number): DeviceClock {
    const random = new Random(this.seed + device, CLOCKS_STREAM);
    const place = new Random(this.seed + device, STEPS_STREAM).uniform() * 100;
    let rest = random.uniform() * 100;
    const kind = this.clocks.find(({ sharePercent }) => (rest -= sharePercent) < 0);
    if (kind === undefined) return { offsetMs: 0, driftMsPerHour: 0, place };
    const offsetMs = Math.round(normal(random, kind.offsetMs, kind.spreadMs));
    return { offsetMs, driftMsPerHour: kind.driftMsPerHour, place };
  }
}
