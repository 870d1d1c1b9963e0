import { durationText } from '../../stream/duration.ts';
import type { OperatorDefinition } from '../operator.ts';
import { withWholeAggregates } from '../shared/aggregates/aggregate-config.ts';
import { bindWindow } from './bind-window.ts';
import type { WindowBound } from './bound.ts';
import type { WindowConfig, WindowEngine } from './config.ts';
import { windowConfig, windowEngine } from './config.ts';
import { windowFace } from './face.ts';

/**
 * Groups rows by key and window and computes aggregates, or gives every row the columns of its windows.
 *
 * When a window is complete, what is late, what a later result replaces and in which order results come is the dialect's:
 * `dialects/`. Rows that no window took because of time leave by `late`; rows without a usable time, key or value by
 * `rejected`. Output columns: the key, the grouping id, `window_start` and `window_end` (not of count and global windows),
 * the aggregates; or the input's columns, `window_start`, `window_end` and `window_time`.
 */
export const windowDefinition: OperatorDefinition<'window', WindowConfig, WindowBound, WindowEngine> = {
  ...windowFace,
  config: windowConfig,
  engine: windowEngine,
  orderSensitive: false,
  describe: (window) => {
    const { kind, keys, result } = window;
    const by = keys.length > 0 ? ` · by ${keys.join(', ')}` : '';
    return `${[kind, ...figures(window)].join(' ')}${by}${result === 'rows' ? ' · rows' : ''}`;
  },
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find((field) => field.type.kind === 'STRING')?.name;
    return windowConfig.parse({ keys: key === undefined ? [] : [key], sizeMs: 10_000 });
  },
  fill: fillWindow,
  bind: bindWindow,
};

/** A figure for everything that the kind of window needs. */
function fillWindow(before: WindowConfig): WindowConfig {
  const window = withWholeAggregates(before);
  const { kind, sizeMs = 10_000 } = window;
  switch (kind) {
    case 'tumbling':
    case 'sliding':
      return { ...window, sizeMs };
    case 'hopping':
      return { ...window, sizeMs, advanceMs: window.advanceMs ?? Math.max(1, Math.ceil(sizeMs / 2)) };
    case 'cumulate':
      return { ...window, sizeMs, stepMs: window.stepMs ?? (sizeMs % 5 === 0 ? sizeMs / 5 : sizeMs) };
    case 'session':
      return { ...window, gapMs: window.gapMs ?? 10_000 };
    case 'count':
      return { ...window, countRows: window.countRows ?? 10 };
    case 'global':
    case 'inherited':
      return window;
  }
}

function figures(window: WindowConfig): readonly string[] {
  const length = (durationMs: number | undefined): string =>
    durationMs === undefined ? '?' : durationText(durationMs);
  switch (window.kind) {
    case 'tumbling':
    case 'sliding':
      return [length(window.sizeMs)];
    case 'hopping':
      return [length(window.sizeMs), 'every', length(window.advanceMs)];
    case 'cumulate':
      return [length(window.sizeMs), 'by', length(window.stepMs)];
    case 'session':
      return [length(window.gapMs)];
    case 'count':
      return [
        String(window.countRows ?? '?'),
        ...(window.everyRows === undefined ? [] : ['every', String(window.everyRows)]),
      ];
    case 'global':
    case 'inherited':
      return [];
  }
}
