import type { Column } from '../../../stream/column.ts';
import type { EventMaker } from '../event-maker.ts';
import type { GeneratorConfig } from '../generator-config.ts';
import { floatColumn, textColumn } from '../made-columns.ts';
import { BID_PADDING, LETTERS_A_DRAW, anyChannel, anyPadding, anyPrice, auctionOf, bidderOf } from './draws.ts';
import { EventTimes } from './event-times.ts';
import { HOT_CHANNELS, OTHER_CHANNELS } from './names.ts';

/** auction, bidder, price, channel */
const FIGURES = 4;

const CHANNELS: readonly string[] = [
  ...HOT_CHANNELS,
  ...Array.from({ length: OTHER_CHANNELS }, (_, channel) => `channel-${channel}`),
];

/** Bids for the auctions of the Nexmark benchmark. */
export class BidMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs: number;
  soonestMs: number;
  private readonly events: EventTimes;

  constructor(config: GeneratorConfig) {
    this.events = new EventTimes(config, 'bids');
    this.timeMs = this.soonestMs = config.startMs;
  }

  next(): void {
    const { events, figures } = this;
    const { random } = events;
    events.next();
    this.timeMs = this.soonestMs = events.timeMs;
    figures[0] = auctionOf(events.event, random);
    figures[1] = bidderOf(events.event, random);
    figures[2] = anyPrice(random);
    random.skip(Math.ceil(anyPadding(BID_PADDING, random) / LETTERS_A_DRAW));
    figures[3] = anyChannel(random);
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const rows = times.length;
    const at =
      (figure: number) =>
      (row: number): number =>
        figures[row * FIGURES + figure] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      floatColumn(rows, at(0)),
      floatColumn(rows, at(1)),
      floatColumn(rows, at(2)),
      textColumn(rows, CHANNELS, at(3)),
    ];
  }
}
