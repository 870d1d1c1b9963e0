import type { OperatorDefinition } from '../operator.ts';
import { orderText } from '../shared/ranking/order-by.ts';
import type { TopNBound } from './bind-top-n.ts';
import { bindTopN } from './bind-top-n.ts';
import type { TopNConfig, TopNEngine } from './config.ts';
import { topNConfig, topNEngine } from './config.ts';
import { topNFace } from './face.ts';

/**
 * Ranks the rows of each key and gives out those of ranks from .. to (ROW_NUMBER: equal rows by arrival). Output: the
 * input's columns, then the rank where a column for it is named. Six ways, see `TopNProcess`:
 *
 * - `first`: without an order the first rows of each key that arrive. They never change: +I alone, nothing is kept but
 *   their number. Flink: `AppendOnlyFirstNFunction`.
 * - `append`: of rows that are never taken back only the ranked ones are kept. A new row of rank r with a rank column, or
 *   with from > 1, gives −U and +U for every rank from r on that has another row now, then +I where there is one rank more;
 *   without, −D of the row that falls behind `to`, then +I. `AppendOnlyTopNFunction`.
 * - `top-1` (from = to = 1, also of `update-fast` input): +I, then −U and +U whenever a row comes strictly before the best.
 *   `FastTop1Function`.
 * - `retract`: all rows are kept. A row that is taken back moves up those behind it: −U and +U for every rank, then −D of
 *   the last; without ranks −D of the row, then +I of the one that comes to rank `to`. `RetractableTopNFunction`.
 * - `update-fast`: the ranked rows by the key of the input; −U is passed over, +U replaces the row of its key and moves it.
 *   With ranks −U and +U for every rank between its old and its new one; without −U and +U of the row.
 *   `UpdatableTopNFunction`.
 * - `window`: the rows of each window, when the watermark comes to its end − 1: +I from rank `from` on, windows by end,
 *   start, then keys by first arrival. A row whose window has been given out is late. `WindowRankOperator`.
 *
 * Changes come at the position and with the event time of the row that causes them, results of windows with the end − 1.
 *
 * Fates: a row that is kept is `held` until it falls out; it is then `used`, or `filtered` if it never had a rank that is
 * given out. A row that is not kept is `used` where it is given out, else `filtered`. Of a keyed input each row is `used`;
 * in `update-fast` also one that replaces another of its key, and −U is `filtered`.
 */
export const topNDefinition: OperatorDefinition<'top-n', TopNConfig, TopNBound, TopNEngine> = {
  ...topNFace,
  config: topNConfig,
  engine: topNEngine,
  orderSensitive: true,
  describe: (config) => {
    const ranks = config.from > 1 ? `ranks ${config.from} to ${toText(config)}` : `top ${toText(config)}`;
    const order = config.orderBy.length > 0 ? ` of ${orderText(config.orderBy)}` : ' to arrive';
    const keys = [...(config.perWindow ? ['window'] : []), ...config.keys];
    return `${ranks}${order}${keys.length > 0 ? ` · by ${keys.join(', ')}` : ''}`;
  },
  suggest: (inputs) => {
    const fields = inputs[0]?.schema.fields ?? [];
    const key = fields.find(({ type }) => type.kind === 'STRING')?.name;
    const order = fields.findLast(({ type }) => ['BIGINT', 'INT', 'DOUBLE', 'DECIMAL'].includes(type.kind))?.name;
    return topNConfig.parse({
      keys: key === undefined ? [] : [key],
      orderBy: order === undefined ? [] : [{ column: order, descending: true }],
      rankColumn: 'rank_num',
    });
  },
  grows: ({ config: { keys, perWindow }, engine: { ttlMs, strategy }, inputs }) => {
    if (perWindow || ttlMs > 0) return null;
    const fix = 'Give state a time to live under Engine, or rank the rows of each window.';
    const keepsAll = inputs[0]?.changes !== 'append' && strategy === 'retract';
    if (keepsAll) return { by: 'rows', what: 'every row that is not taken back', fix };
    return keys.length === 0 ? null : { by: 'keys', what: 'the best rows of every key', fix };
  },
  bind: bindTopN,
};

function toText({ to, toColumn }: TopNConfig): string {
  return toColumn === '' ? String(to) : toColumn;
}
