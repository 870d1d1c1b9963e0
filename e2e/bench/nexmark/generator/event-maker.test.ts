import { describe, expect, test } from 'vitest';
import type { Column } from '../../../../src/stream/column.ts';
import { isNull } from '../../../../src/stream/column.ts';
import { EventMaker } from './event-maker.ts';
import { DEFAULT_ORDER } from '../../../../src/sources/generator/nexmark/event-order.ts';

/** The fields of each event's row, with bars between them. */
function told(maker: EventMaker, events: number): readonly string[] {
  const { columns } = maker.next(events);
  const [types] = columns;
  return Array.from({ length: events }, (_, i) => {
    const type = types?.kind === 'int' ? types.values[i]! : -1;
    const row = columns[type + 1];
    return row?.kind === 'row' ? row.children.map((child) => valueOf(child, i)).join('|') : '';
  });
}

function valueOf(column: Column, i: number): string | number {
  if (column.kind === 'text') return column.dictionary[column.ids[i]!]!;
  return column.kind === 'float' ? column.values[i]! : '';
}

/** Without the channel and the page, which Beam's bids have not. */
function asInBeam(bid: string | undefined): string | undefined {
  return bid?.replace(/^((?:[^|]*\|){3})[^|]*\|[^|]*\|/, '$1');
}

describe('events are those of Beam, as recorded from java.util.Random', () => {
  const events = told(new EventMaker(DEFAULT_ORDER), 10_000);

  test('a person', () => {
    expect(events[50]).toBe(
      '1001|Sarah Smith|f  y@yumv.com|0892 2755 1923 0591|Los Angeles|ID|1436918400005|' +
        '`RT]WInnxtneWPLPHOywusizasixbmVVHKO_Y_MOYPmoftdguqtxkyXPO_ZNYMaKVQ\\``OOXTNOWIKUOLIaWQN\\H[_cihasyNLOMHLVHKVRIznfdmdeqqvumRMZYKKNRJ[K^IIN`RJM`H[^^vbqrxduih',
    );
  });

  test('auctions', () => {
    expect(events[1]).toMatch(
      /^1000\|wkx mgee\|eszpqxtdxrvwmmywkmogoahf\|28873\|29448\|1436918400000\|1436918400011\|1000\|13\|zcurskufssowmihzpmZHWQM\^/,
    );
    expect(events[51]).toMatch(
      /^1003\|ap yurxvft\|vrnwqqis djcnffvmce soukxctnrr scxvzjf\|5037490\|5980861\|1436918400005\|1436918400008\|1000\|11\|KMIZKI\]V/,
    );
  });

  test.each([
    [
      4,
      '1000|1001|32530001|1436918400000|fdiysaV^]NLVsbolvyqwgticfdrwdyiyofziYMU\\Z`UaTQO][NX\\RM]WPYTOuwogvszlxjrcNOORM',
    ],
    [5, '1000|1009|468715|1436918400000|kpbrykRZJVMWeuyfegsyumoyP[P_Z\\XIMVVVxctqkwvurozuRWZ`MYaYVW][cjupgbckseelPM`'],
    [49, '1000|1001|545|1436918400004|_S\\XKSaJKYT_zxptuoLI`ZXTR^V`SKNKP\\[]JK_OJ\\hgjhnbL^LKRYjiuaqbaI\\JS['],
    [9999, '1500|1009|20776|1436918400999|`[LPM\\HPITYLumonfgnddijayiabiaPa^U_InuxqggbfqrfphablcqviltokPM_JS\\LWNV'],
  ])('bid %i', (event, recorded) => {
    expect(asInBeam(events[event])).toBe(recorded);
  });

  test('a group of events comes in its own order, each event the same', () => {
    const groups = told(new EventMaker({ ...DEFAULT_ORDER, groupSize: 50 }), 100);
    expect(groups[0]).toBe(events[0]);
    expect(groups[1]).toBe(events[3]);
    expect([...groups].sort()).toEqual(events.slice(0, 100).sort());
  });
});

test('events are the same however many are made at a time', () => {
  const maker = new EventMaker(DEFAULT_ORDER);
  const parts = [...told(maker, 7), ...told(maker, 500), ...told(maker, 93)];
  expect(parts).toEqual(told(new EventMaker(DEFAULT_ORDER), 600));
});

describe('over 200,000 events', () => {
  const EVENTS = 200_000;
  const { columns, ts, at } = new EventMaker(DEFAULT_ORDER).next(EVENTS);
  const [types, people, auctions, bids] = columns;
  const present = (column: Column | undefined): number =>
    Array.from({ length: EVENTS }).filter((_, i) => column !== undefined && !isNull(column.nulls, i)).length;
  const bidValues = (child: number): readonly (string | number)[] => {
    const column = bids?.kind === 'row' ? bids.children[child] : undefined;
    return Array.from({ length: EVENTS }, (_, i) => i)
      .filter((i) => !isNull(bids?.nulls ?? null, i))
      .map((i) => (column === undefined ? '' : valueOf(column, i)));
  };
  const share = <T>(values: readonly T[], holds: (value: T, i: number) => boolean): number =>
    values.filter(holds).length / values.length;

  test('one in fifty is a person, three are auctions, each NULL as the others', () => {
    expect(types?.kind === 'int' && types.values.subarray(0, 6)).toEqual(Int32Array.of(0, 1, 1, 1, 2, 2));
    expect([present(people), present(auctions), present(bids)]).toEqual([
      EVENTS / 50,
      (EVENTS / 50) * 3,
      (EVENTS / 50) * 46,
    ]);
  });

  test('ten come in a millisecond, in order', () => {
    expect(ts.every((time, i) => time === 1_436_918_400_000 + Math.floor(i / 10))).toBe(true);
    expect(at.every((time, i) => time === ts[i])).toBe(true);
  });

  test('hot auctions, bidders and channels have their shares', () => {
    expect(share(bidValues(0), (auction) => Number(auction) % 100 === 0)).toBeCloseTo(0.5, 1);
    expect(share(bidValues(1), (bidder) => Number(bidder) % 100 === 1)).toBeCloseTo(0.75, 1);
    expect(share(bidValues(3), (channel) => !String(channel).startsWith('channel-'))).toBeCloseTo(0.5, 1);
  });

  test('as many prices lie in each power of ten', () => {
    for (const power of [2, 3, 4, 5, 6, 7]) {
      expect(share(bidValues(2), (price) => Math.floor(Math.log10(Number(price))) === power)).toBeCloseTo(1 / 6, 1);
    }
  });

  test('the padding of a bid makes it a hundred bytes on average, a fifth more or less', () => {
    const sizes = bidValues(6).map((extra) => 32 + String(extra).length);
    expect(Math.min(...new Set(sizes))).toBe(86);
    expect(Math.max(...new Set(sizes))).toBe(113);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeCloseTo(99.5, 0);
  });

  test('pages have three directories', () => {
    for (const url of new Set(bidValues(4))) {
      expect(url).toMatch(
        /^https:\/\/www\.nexmark\.com\/[a-z_]{3,4}\/[a-z_]{3,4}\/[a-z_]{3,4}\/item\.htm\?query=1(&channel_id=\d+)?$/,
      );
    }
  });
});
