import { Random } from '../../stream/random.ts';
import { ArrivalHeap } from './arrival-heap.ts';
import { exponential } from './delay.ts';
import { DEVICES_MAX } from './device-clocks.ts';
import type { OfflineConfig } from './disorder-config.ts';

const OFFLINE_STREAM = 22;

/** An event that waits on its device. */
export interface KeptEvent {
  readonly timeMs: number;
  readonly figures: Float64Array;
  /** What it takes from the device to its arrival. */
  readonly lateMs: number;
}

/** One stretch without a connection. */
interface Spell {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kept: KeptEvent[];
}

interface Device {
  readonly random: Random;
  spell: Spell;
}

/** Devices that lose their connection, keep their events, and send them in batches once they are back. */
export class OfflineDevices {
  /** Events that wait on their devices. */
  kept = 0;
  private readonly config: OfflineConfig;
  private readonly seed: number;
  private readonly startMs: number;
  /** Null: a device that is always online. */
  private readonly devices = new Map<number, Device | null>();
  private readonly ends = new ArrivalHeap(Infinity);
  private readonly waiting: Spell[] = [];
  private spells = 0;

  constructor(config: OfflineConfig, seed: number, startMs: number) {
    this.config = config;
    this.seed = seed;
    this.startMs = startMs;
  }

  /** Keeps the event if its device is offline at that time; `make` copies it. False: it is online. */
  keep(key: number, timeMs: number, make: () => KeptEvent): boolean {
    const device = this.deviceAt(key % DEVICES_MAX, timeMs);
    if (device === null || timeMs < device.spell.fromMs) return false;
    const { spell } = device;
    if (spell.kept.length === 0) this.waiting[this.ends.push(spell.toMs, this.spells++)] = spell;
    spell.kept.push(make());
    this.kept++;
    return true;
  }

  /** Hands over what devices that are back by `timeMs` send, with the time of sending. */
  release(timeMs: number, send: (event: KeptEvent, sentMs: number) => void): void {
    const { order, batchRows, batchEveryMs } = this.config;
    while (this.ends.size > 0 && this.ends.firstArrivalMs() <= timeMs) {
      const { slot, arrivalMs: backMs } = this.ends.pop();
      const events = this.waiting[slot]?.kept.splice(0) ?? [];
      if (order === 'newest-first') events.reverse();
      events.forEach((event, i) => send(event, backMs + Math.floor(i / batchRows) * batchEveryMs));
      this.kept -= events.length;
    }
  }

  private deviceAt(key: number, timeMs: number): Device | null {
    let device = this.devices.get(key);
    if (device === undefined) {
      device = this.make(key);
      this.devices.set(key, device);
    }
    if (device !== null) while (device.spell.toMs <= timeMs) device.spell = this.nextSpell(device);
    return device;
  }

  private make(key: number): Device | null {
    const random = new Random(this.seed + key, OFFLINE_STREAM);
    if (random.uniform() * 100 >= this.config.sharePercent) return null;
    const { startMs } = this;
    const device: Device = { random, spell: { fromMs: startMs, toMs: startMs, kept: [] } };
    device.spell = this.nextSpell(device);
    return device;
  }

  private nextSpell({ random, spell }: Device): Spell {
    const { everyMs, forMs } = this.config;
    const fromMs = spell.toMs + 1 + Math.floor(exponential(random, everyMs));
    return { fromMs, toMs: fromMs + 1 + Math.floor(exponential(random, forMs)), kept: [] };
  }
}
