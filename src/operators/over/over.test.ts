import { describe, expect, test } from 'vitest';
import { runRows } from '../../testing/row-run.ts';

const sum = [{ name: 's', function: 'sum', argument: 'v' }];
const rows = `+ 1 k=a v=1
  + 3 k=a v=2
  + 2 k=a v=4
  + 3 k=a v=8
  + 9 k=a v=16`;

describe('by event time', () => {
  const over = (frame: object, log: string, engine: object = {}): readonly string[] =>
    runRows(log, { kind: 'over', config: { keys: ['k'], aggregates: sum, ...frame }, engine: { ...engine } }).lines;

  test('rows come out in order of time when the watermark has passed them', () => {
    expect(over({ frame: 'rows-unbounded' }, `${rows}\nW 3`)).toEqual([
      '5 +I a 1 1',
      '5 +I a 4 5',
      '5 +I a 2 7',
      '5 +I a 8 15',
    ]);
  });

  test('rows of one time see each other in a frame of times', () => {
    const seen = (frame: object): readonly string[] =>
      over(frame, `${rows}\nW 9`).map((line) => line.split(' ').at(-1)!);
    expect(seen({ frame: 'range-unbounded' })).toEqual(['1', '5', '15', '15', '31']);
    expect(seen({ frame: 'range', precedingMs: 1 })).toEqual(['1', '5', '14', '14', '16']);
    expect(seen({ frame: 'range', precedingMs: 0 })).toEqual(['1', '4', '10', '10', '16']);
    expect(seen({ frame: 'rows', precedingRows: 1 })).toEqual(['1', '5', '6', '10', '24']);
    expect(seen({ frame: 'rows', precedingRows: 0 })).toEqual(['1', '4', '2', '8', '16']);
  });

  // AbstractRowTimeUnboundedPrecedingOver.processElement
  test('without a bound a row at the watermark is late', () => {
    expect(over({ frame: 'rows-unbounded' }, '+ 1 k=a v=1\nW 5\n+ 5 k=a v=2\n+ 6 k=a v=3\nW 6')).toEqual([
      '1 +I a 1 1',
      '2 late +I a 2',
      '4 +I a 3 4',
    ]);
  });

  // RowTimeRowsBoundedPrecedingFunction.processElement
  test('with a bound a row is late at or before the time that came out last for its key, and 0 at first', () => {
    const frame = { frame: 'rows', precedingRows: 5 };
    const log = '+ 2 k=a v=1\nW 5\n+ 2 k=a v=2\n+ 3 k=a v=4\n+ 4 k=b v=8\n+ 0 k=c v=9\nW 6';
    expect(over(frame, log)).toEqual(['1 +I a 1 1', '2 late +I a 2', '5 late +I c 9', '6 +I a 4 5', '6 +I b 8 8']);
  });

  // RowTimeRangeBoundedPrecedingFunction.onTimer: a clean-up that was put off counts as a time that came out
  test('a frame of time counts the clean-up that was put off as a time that came out', () => {
    const frame = { frame: 'range', precedingMs: 10 };
    // Asked for at 1 + 15 + 1 = 17, then, because 8 + 10 + 1 is later, at 24.
    expect(over(frame, '+ 1 k=a v=1\n+ 8 k=a v=2\nW 16\n+ 16 k=a v=4\nW 17\n+ 17 k=a v=8')).toEqual([
      '2 +I a 1 1',
      '2 +I a 2 3',
      '4 +I a 4 6',
      '5 late +I a 8',
    ]);
  });

  test('and forgets all with the one that was not: what was late is not any more', () => {
    const log = '+ 1 k=a v=1\nW 16\n+ 1 k=a v=2\nW 17\n+ 1 k=a v=4\nW 18';
    expect(over({ frame: 'range', precedingMs: 10 }, log)).toEqual(['1 +I a 1 1', '2 late +I a 2', '5 +I a 4 4']);
  });

  test('nothing comes out below 0 without a bound', () => {
    expect(over({ frame: 'rows-unbounded' }, '+ -5 k=a v=1\nW -2\nW 0')).toEqual(['2 +I a 1 1']);
  });

  test('a key whose time to live is over begins anew, unless rows of it wait', () => {
    const log = `+ 1 k=a v=1 @ 0\n+ 2 k=b v=1\nW 1 @ 0\nclock 15\n+ 3 k=a v=2\n+ 4 k=b v=2\nW 9`;
    expect(over({ frame: 'rows-unbounded' }, log, { ttlMs: 10 })).toEqual([
      '2 +I a 1 1',
      '6 +I b 1 1',
      '6 +I a 2 2',
      '6 +I b 2 3',
    ]);
  });
});

describe('earlier values', () => {
  const lags = [
    { name: 'before', argument: 'v', offset: 1, default: '0' },
    { name: 'further', argument: 'v', offset: 2 },
  ];

  test('are those of the rows before, or the default', () => {
    const { lines } = runRows(`${rows}\nW 9`, { kind: 'over', config: { aggregates: [], lags } });
    expect(lines.map((line) => line.split(' ').slice(3).join(' '))).toEqual([
      '1 0 null',
      '4 1 null',
      '2 4 1',
      '8 2 4',
      '16 8 2',
    ]);
  });

  test('are shared by rows of one time in a frame of times', () => {
    const { lines } = runRows(`${rows}\nW 9`, {
      kind: 'over',
      config: { frame: 'range-unbounded', aggregates: [], lags },
    });
    expect(lines.map((line) => line.split(' ').slice(3).join(' '))).toEqual([
      '1 0 null',
      '4 1 null',
      '2 2 4',
      '8 2 4',
      '16 8 2',
    ]);
  });

  test('have no frame with a bound', () => {
    expect(() => runRows('', { kind: 'over', config: { frame: 'rows', lags } })).toThrow(
      'Earlier values are looked up',
    );
  });
});

describe('by arrival', () => {
  test('rows come out at once, whatever their time', () => {
    const { lines } = runRows('+ 9 k=a v=1\n+ 1 k=a v=2\n+ - k=a v=4', {
      kind: 'over',
      config: { orderBy: 'arrival', frame: 'rows', precedingRows: 1, aggregates: sum },
    });
    expect(lines).toEqual(['0 +I a 1 1', '1 +I a 2 3', '2 +I a 4 6']);
  });

  test('a frame of time waits for the clock to move on', () => {
    const { lines } = runRows(
      '+ 1 k=a v=1 @ 100\n+ 1 k=a v=2\nclock 100\nclock 200\n+ 1 k=a v=4 @ 200\n+ 1 k=a v=8 @ 201\nclock 400',
      {
        kind: 'over',
        config: { orderBy: 'arrival', frame: 'range', precedingMs: 100, aggregates: sum },
      },
    );
    expect(lines).toEqual(['3 +I a 1 3', '3 +I a 2 3', '6 +I a 4 7', '6 +I a 8 12']);
  });
});

test('a row for which an argument fails is rejected when it comes', () => {
  const { lines, ledger } = runRows('+ 1 k=a v=0\n+ 2 k=a v=2\nW 9', {
    kind: 'over',
    config: { aggregates: [{ name: 's', function: 'sum', argument: '10 / v' }] },
  });
  expect(lines).toEqual(['0 rejected +I a 0', '2 +I a 2 5']);
  expect(ledger).toMatchObject({ rejected: 1, used: 1, held: 0 });
});
