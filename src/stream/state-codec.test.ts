import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StateReader, StateWriter } from './state-codec.ts';

const words = fc.uint8Array({ minLength: 64, maxLength: 64 });

const bounds = [0, 0x100, 0x1_0000, 0x1_0000_0000, 2 ** 53 - 1];
const nearBound = fc.tuple(fc.constantFrom(...bounds, 1.7e12), fc.integer({ min: -3, max: 3 })).map(([a, b]) => a + b);
const rare = fc.constantFrom(-0, 0.5, Number.NaN, -Infinity, -(2 ** 53));
/** Whole numbers close together, or as far apart as takes another byte; now and then with another one among them. */
const wholeNumbers = fc
  .tuple(
    fc.array(fc.oneof(nearBound, fc.nat(300)), { maxLength: 2_100 }),
    fc.option(rare),
    fc.constantFrom(0, -5, 1.7e12),
  )
  .map(([values, other, base]) =>
    Float64Array.from([...values.map((value) => value + base), ...(other === null ? [] : [other])]),
  );

/** Numbers of every pattern of bits, NaNs of all kinds among them. */
const doubles = words.map((bytes) => new Float64Array(bytes.slice().buffer));

const bytesOf = (write: (writer: StateWriter) => void, littleEndian?: boolean): Uint8Array => {
  const writer = new StateWriter(littleEndian === undefined ? {} : { littleEndian });
  write(writer);
  return writer.finish();
};

describe.each([
  ['copied as they lie', true],
  ['one by one', false],
])('many at once, %s', (_how, littleEndian) => {
  test('doubles come back, each bit by bit but for NaN, behind any number of bytes', () => {
    fc.assert(
      fc.property(fc.oneof(doubles, wholeNumbers), fc.nat(9), (values, before) => {
        const start = (writer: StateWriter) => Array.from({ length: before }, () => writer.u8(7));
        const write = (writer: StateWriter): void => {
          start(writer);
          writer.floats(values);
        };
        const all = bytesOf(write, littleEndian);
        expect(all).toEqual(bytesOf(write));
        const reader = new StateReader(all, { littleEndian });
        for (let i = 0; i < before; i++) reader.u8();
        const read = new Float64Array(values.length);
        reader.floats(read);
        expect(Array.from(read)).toEqual(Array.from(values));
        expect(reader.atEnd()).toBe(true);
      }),
    );
  });

  test('whole numbers of 32 and 64 bits come back; of 32 bits as `u32` writes them', () => {
    fc.assert(
      fc.property(words, (bytes) => {
        const ints = new Int32Array(bytes.slice().buffer);
        const longs = new BigInt64Array(bytes.slice().buffer);
        const all = bytesOf((writer) => {
          writer.u8(1);
          writer.ints(ints);
          writer.longs(longs);
          writer.u8s(bytes);
        }, littleEndian);
        const reader = new StateReader(all, { littleEndian });
        reader.u8();
        const each = new StateReader(all);
        each.u8();
        const read = { ints: new Int32Array(ints.length), longs: new BigInt64Array(longs.length) };
        reader.ints(read.ints);
        reader.longs(read.longs);
        const raw = new Uint8Array(bytes.length);
        reader.u8s(raw);
        expect(read).toEqual({ ints, longs });
        expect(raw).toEqual(bytes);
        expect(Array.from(ints, () => each.u32() | 0)).toEqual(Array.from(ints));
      }),
    );
  });

  test('texts of any length come back, lone surrogates and all', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 10, maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(text, fc.constant('\ud800'), fc.constant('')), { maxLength: 60 }), (texts) => {
        const reader = new StateReader(
          bytesOf((writer) => writer.texts(texts), littleEndian),
          { littleEndian },
        );
        expect(reader.texts(texts.length)).toEqual(texts);
        expect(reader.atEnd()).toBe(true);
      }),
    );
  });

  test('numbers from here and there have the bytes of an array of them, and come to places of their own', () => {
    const values = Float64Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 3));
    const ints = Int32Array.from(values, (value) => value);
    for (const count of [0, 1, 1023, 1024, 1025, 2500]) {
      const places = Int32Array.from({ length: count }, (_, i) => (i * 1009) % 3000);
      const picked = bytesOf((writer) => {
        writer.u8(7);
        writer.floatsAt(values, places, count);
        writer.intsAt(ints, places, count);
      }, littleEndian);
      const all = bytesOf((writer) => {
        writer.u8(7);
        writer.floats(Float64Array.from(places, (place) => values[place]!));
        writer.ints(Int32Array.from(places, (place) => ints[place]!));
      });
      expect(picked).toEqual(all);
      const reader = new StateReader(picked, { littleEndian });
      reader.u8();
      const read = { values: new Float64Array(3000), ints: new Int32Array(3000) };
      reader.floatsTo(read.values, places, count);
      reader.intsTo(read.ints, places, count);
      const expected = { values: new Float64Array(3000), ints: new Int32Array(3000) };
      for (const place of places) {
        expected.values[place] = values[place]!;
        expected.ints[place] = ints[place]!;
      }
      expect(read).toEqual(expected);
      expect(reader.atEnd()).toBe(true);
    }
  });

  test('texts that fill more than one piece come back', () => {
    const texts = Array.from({ length: 3000 }, (_, i) => `k${i}`.padEnd(i % 17, 'ü'));
    texts.push('x'.repeat(10_000), '', 'end');
    const bytes = bytesOf((writer) => writer.texts(texts), littleEndian);
    expect(new StateReader(bytes, { littleEndian }).texts(texts.length)).toEqual(texts);
  });
});

test('a part of an array is written and read in place', () => {
  const bytes = bytesOf((writer) => writer.floats(Float64Array.of(1, 2, 3, 4).subarray(1, 3)));
  const into = new Float64Array(4);
  new StateReader(bytes).floats(into.subarray(2));
  expect(Array.from(into)).toEqual([0, 0, 2, 3]);
});

test('bytes that end too early are found', () => {
  for (const values of [Float64Array.of(1, 2), Float64Array.of(1, 0.5)]) {
    const bytes = bytesOf((writer) => writer.floats(values));
    const less = bytes.subarray(0, bytes.length - 1);
    expect(() => new StateReader(less).floats(new Float64Array(2))).toThrow('too early');
  }
  const bytes = bytesOf((writer) => writer.f64(1));
  expect(() => new StateReader(bytes.subarray(0, 3)).texts(1)).toThrow('too early');
});

test('a text is the same bytes as ever: its length, then two bytes a unit', () => {
  expect(Array.from(bytesOf((writer) => writer.text('aé€')))).toEqual([3, 0, 0, 0, 0x61, 0, 0xe9, 0, 0xac, 0x20]);
});
