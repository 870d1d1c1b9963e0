import { Random } from '../../../src/stream/random.ts';
import { pick, textFile } from './text-file.ts';

const COUNTRIES = ['DE', 'FR', 'ES', 'IT', 'PL', 'NL', 'SE', 'US', 'BR', 'JP', 'IN', 'ZA'];

interface EventRecord {
  readonly ts: number;
  readonly user: string;
  readonly amount: string;
  readonly country: string;
}

function events(): () => EventRecord {
  const random = new Random(7);
  let ts = Date.UTC(2026, 0, 1);
  return () => {
    ts += random.below(3);
    return {
      ts,
      user: `user-${random.below(5000)}`,
      amount: (random.below(1_000_000) / 100).toFixed(2),
      country: pick(COUNTRIES, random),
    };
  };
}

/** What a program writes that logs its events: short records, every column of use. */
export function eventCsv(records: number): Uint8Array {
  const next = events();
  return textFile(records, 'ts,user,amount,country\n', () => {
    const { ts, user, amount, country } = next();
    return `${ts},${user},${amount},${country}\n`;
  });
}

/** The same events as objects. */
export function eventNdjson(records: number): Uint8Array {
  const next = events();
  return textFile(records, '', () => {
    const { ts, user, amount, country } = next();
    return `{"ts":${ts},"user":"${user}","amount":${amount},"country":"${country}"}\n`;
  });
}
