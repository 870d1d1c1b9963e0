import { durationText } from '../../stream/duration.ts';
import { sameType } from '../../stream/types.ts';
import type { OperatorDefinition } from '../operator.ts';
import { bindWindowJoin } from './bind-window-join.ts';
import type { WindowJoinBound } from './bound.ts';
import type { WindowJoinConfig, WindowJoinEngine } from './config.ts';
import { windowJoinConfig, windowJoinEngine } from './config.ts';
import { windowJoinFace } from './face.ts';

/**
 * Joins the rows of two streams that have the same key and are in the same window, once the window is complete: when the
 * watermark comes to end - 1. A row whose window was complete before is late.
 *
 * Output: the left columns, then the right ones; a right column whose name the left has is called `right_name`. Semi and
 * anti joins give the left columns alone. Late rows leave by `late`, those without a usable time or window by `rejected`,
 * in the columns of both sides, the other side NULL. The event time of a result is end - 1.
 *
 * Results of a window: for each left row in order of arrival its matches in order of arrival, or itself beside NULL; then
 * the right rows without partner. Of a right join the same with the sides exchanged.
 */
export const windowJoinDefinition: OperatorDefinition<
  'join.window',
  WindowJoinConfig,
  WindowJoinBound,
  WindowJoinEngine
> = {
  ...windowJoinFace,
  config: windowJoinConfig,
  engine: windowJoinEngine,
  orderSensitive: false,
  describe: (join) =>
    [join.kind, ...figures(join), ...(join.leftKeys.length > 0 ? [`by ${join.leftKeys.join(', ')}`] : [])].join(' · '),
  suggest: (inputs) => {
    const [left, right] = inputs;
    const shared = left?.schema.fields.find((field) =>
      right?.schema.fields.some(
        (other) => other.name === field.name && field.type.kind === 'STRING' && sameType(other.type, field.type),
      ),
    )?.name;
    const keys = shared === undefined ? [] : [shared];
    const isWindowed = left?.windowed !== undefined && right?.windowed !== undefined;
    const window = isWindowed ? { window: 'inherited' } : { window: 'tumbling', sizeMs: 10_000 };
    return windowJoinConfig.parse({ leftKeys: keys, rightKeys: keys, ...window });
  },
  fill: (join) => {
    switch (join.window) {
      case 'inherited':
        return join;
      case 'tumbling':
        return { ...join, sizeMs: join.sizeMs ?? 10_000 };
      case 'hopping':
        return { ...join, sizeMs: join.sizeMs ?? 10_000, advanceMs: join.advanceMs ?? 5_000 };
      case 'session':
        return { ...join, gapMs: join.gapMs ?? 10_000 };
    }
  },
  bind: bindWindowJoin,
};

function figures({ window, sizeMs, advanceMs, gapMs }: WindowJoinConfig): readonly string[] {
  const length = (durationMs: number | undefined): string =>
    durationMs === undefined ? '?' : durationText(durationMs);
  switch (window) {
    case 'inherited':
      return [];
    case 'tumbling':
      return [`tumbling ${length(sizeMs)}`];
    case 'hopping':
      return [`hopping ${length(sizeMs)} every ${length(advanceMs)}`];
    case 'session':
      return [`session ${length(gapMs)}`];
  }
}
