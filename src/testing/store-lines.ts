import type { NodeLedger } from '../engine/ledger.ts';
import type { DialectName } from '../stream/node-definition.ts';
import type { Schema } from '../stream/types.ts';
import { STRING, field } from '../stream/types.ts';
import { runWindow } from './window-run.ts';

/** Columns of the windows below: a key `k`, a text `v`. */
export const storeSchema: Schema = { fields: [field('k', STRING), field('v', STRING)] };

export interface StoreRun {
  /** A line a result or late row, as `A[0,10) 0+1+2 @5`, see `runStore`. */
  readonly lines: readonly string[];
  readonly ledger: NodeLedger;
}

/**
 * Runs a window of Kafka's that joins the texts of its rows, `0+1+2` from the initial text 0 on. A line is position, change
 * (none for new results), key, window as the engine writes it, value, event time: `4 +U A [0,10] 0+1 @7`; a late row `4 late A 1`.
 */
export function runStore(config: object, log: string, engine: object = {}, dialect?: DialectName): StoreRun {
  const { lines, ledger } = runWindow({
    schema: storeSchema,
    dialect: dialect ?? 'kafka-streams',
    config: {
      keys: ['k'],
      aggregates: [{ name: 'text', function: 'string-agg', argument: 'v', separator: '+' }],
      ...config,
    },
    engine: { initials: { text: '0' }, ...engine },
    log: log.replace(/^(\s*\+ \S+) (\S+) (\S+)/gm, '$1 k=$2 v=$3'),
  });
  const shown = lines.map(({ seq, node, op, window, ts, row }) => {
    const place = window === null ? `${node} ` : op === '+I' ? '' : `${op} `;
    const key = String(row['k']);
    return window === null
      ? `${seq} ${place}${key} ${String(row['v'])}`
      : `${seq} ${place}${key} [${window.join(',')}] ${String(row['text'])} @${ts}`;
  });
  return { lines: shown, ledger };
}
