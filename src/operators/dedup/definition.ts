import type { OperatorDefinition } from '../operator.ts';
import type { DedupBound } from './bind-dedup.ts';
import { bindDedup } from './bind-dedup.ts';
import type { DedupConfig, DedupEngine } from './config.ts';
import { dedupConfig, dedupEngine } from './config.ts';
import { dedupFace } from './face.ts';

/**
 * Keeps one row of each key. A row that takes another's place comes out at once, behind the one that it replaces: −U and
 * +U. By event time the first is replaced by a row with a smaller time, the last by one that is not smaller
 * (`DeduplicateFunctionHelper.isDuplicate`). The first by arrival never changes, so that its stream has new rows alone.
 *
 * The last by arrival: a row equal to the kept one in every column says nothing new and is `filtered`, unless state has a
 * time to live. It takes changelogs too (`processLastRowOnChangelog`): +I and +U put a row, −U and −D of a key that is
 * known give out −D of the row kept for it, whatever else they say, and forget it; of an unknown key they are rejected. A
 * keyed input is spelled out first, so that each row that replaces another comes as −U and +U.
 *
 * `generateUpdateBefore` off: no −U, results replace each other by key; without `generateInsert` the first is +U too. The
 * last by arrival then keeps nothing: every row is +U and `used`.
 *
 * `ttlMs`: a row is forgotten when the clock stands at ttlMs or more behind the moment when it was put in its place; the
 * next row of its key is a first one. It is `used`. A row that did not take the place does not prolong it.
 *
 * `perWindow` (`WindowDeduplicateOperator`): rows are kept until the watermark comes to their window's end − 1, then one of
 * each key and window comes out, +I, windows by end, start, then keys by first arrival in the window; its event time is
 * the end − 1. First: the smallest time, then the earliest arrival; last: the largest time, then the latest arrival. A row
 * whose window is over is late. The row kept so far is `held`, and `used` when it comes out; one that loses is `filtered`.
 *
 * A row without the time to order by is rejected, in a window also one without its window.
 */
export const dedupDefinition: OperatorDefinition<'dedup', DedupConfig, DedupBound, DedupEngine> = {
  ...dedupFace,
  config: dedupConfig,
  engine: dedupEngine,
  orderSensitive: true,
  describe: ({ keep, keys, perWindow }) => {
    const all = [...(perWindow ? ['window'] : []), ...keys];
    return `${keep}${all.length > 0 ? ` · by ${all.join(', ')}` : ''}`;
  },
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find((field) => field.type.kind === 'STRING')?.name;
    return dedupConfig.parse({ keys: key === undefined ? [] : [key] });
  },
  grows: ({ config: { keys, perWindow }, engine: { ttlMs } }) => {
    if (perWindow || ttlMs > 0 || keys.length === 0) return null;
    const fix = 'Give state a time to live under Engine, or keep one row in each window.';
    return { by: 'keys', what: 'one row of every key', fix };
  },
  bind: bindDedup,
};
