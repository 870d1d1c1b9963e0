import { Engine } from '../engine/engine.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import type { Trigger } from '../operators/shared/trigger.ts';
import { PANE_TIMING_NAMES } from '../stream/batch.ts';
import { isNull } from '../stream/column.ts';
import type { Schema } from '../stream/types.ts';
import { BIGINT, STRING, field } from '../stream/types.ts';
import type { WindowRun } from './window-run.ts';
import { logOfWindow, planOfWindow, runWindow } from './window-run.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };
export const AT_END: Trigger = { on: 'end-of-window' };

export function count(rows: number): Trigger {
  return { on: 'count', rows };
}

export function repeatedly(of: Trigger): Trigger {
  return { on: 'repeatedly', of };
}

export function delay(delayMs: number): Trigger {
  return { on: 'processing-delay', delayMs };
}

export interface PaneRun {
  readonly panes: readonly string[];
  /** Entry and amount of each row that came too late. */
  readonly late: readonly string[];
  readonly ledger: NodeLedger;
}

/**
 * Sums of `amount` by `user` under Beam's rules. Watermarks in the log are Flink's: one less than Beam's own, which the
 * recorded cases state.
 */
export function runPanes(log: string, config: object, engine: object = {}): PaneRun {
  const aggregates = [{ name: 'total', function: 'sum', argument: 'amount' }];
  const whole: WindowRun = { schema, dialect: 'beam', log, config: { aggregates, keys: ['user'], ...config }, engine };
  const { lines, ledger } = runWindow(whole);
  return {
    panes: panesOf(whole),
    late: lines.filter(({ node }) => node === 'late').map(({ seq, row }) => `${seq} ${String(row['amount'])}`),
    ledger,
  };
}

/** `3.1 [0,10) on-time#0 a 7 @9`: position, window, pane, `!` for the last one, key, sum, time of the result. */
function panesOf(whole: WindowRun): readonly string[] {
  const panes: string[] = [];
  const plan = planOfWindow(whole);
  const engine = new Engine(plan, {
    committed: (node, { origin, columns, length, seq, phase, ts }) => {
      if (plan.nodes[node]?.id !== 'out' || origin === null) return;
      for (let row = 0; row < length; row++) {
        const at = `${seq[row]}.${phase?.[row] ?? 0}`;
        const window = `[${origin.windowStartMs[row]},${origin.windowEndMs[row]})`;
        const pane = `${PANE_TIMING_NAMES[origin.timing[row]!]!}#${origin.paneIndex[row]}${origin.last?.[row] === 1 ? '!' : ''}`;
        const [key, total] = [columns[0]!, columns.at(-1)!];
        const user = key.kind === 'text' ? key.dictionary[key.ids[row]!]! : '';
        const sum = total.kind !== 'float' || isNull(total.nulls, row) ? '–' : String(total.values[row]);
        panes.push(`${at} ${window} ${pane} ${user} ${sum} @${ts[row]}`);
      }
    },
  });
  engine.run(logOfWindow(whole));
  return panes;
}
