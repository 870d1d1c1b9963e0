import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asciiText } from '../text/ascii-reader.ts';
import { TextDictionary } from './text-dictionary-reader.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Alike in many letters and in length, so that words, hashes and last letters meet; and some that are no UTF-8. */
const piece = fc.oneof(
  fc.stringMatching(/^[ab]{0,9}$/).map((text) => encoder.encode(text)),
  fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => encoder.encode(text)),
  fc.nat({ max: 700 }).map((length) => encoder.encode('x'.repeat(length))),
  fc.uint8Array({ maxLength: 6 }),
);

it.each([
  ['by hand', null],
  ['by the platform', (bytes: Uint8Array, start: number, end: number) => textOf(bytes.subarray(start, end)) ?? ''],
])('texts made %s are those of the platform, the same bytes have the same id', (_, platform) => {
  const columns = fc.array(fc.array(piece, { maxLength: 40 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(columns, fc.nat({ max: 3 }), (pieces, gap) => {
      const dictionary = new TextDictionary(platform);
      for (const column of pieces) {
        // Texts by turns lie in one array of bytes, at any distance from a multiple of four, and in another.
        const whole = new Uint8Array(column.reduce((sum, bytes) => sum + bytes.length + gap, 0));
        const ids = new Map<string, number>();
        let at = 0;
        for (const [i, bytes] of column.entries()) {
          whole.set(bytes, at);
          const isOwn = i % 3 === 2;
          const id = dictionary.intern(isOwn ? bytes : whole, isOwn ? 0 : at, (isOwn ? 0 : at) + bytes.length, false);
          at += bytes.length + gap;
          const text = textOf(bytes);
          if (text === null) expect(id).toBe(-1);
          else {
            expect(dictionary.texts[id]).toBe(text);
            expect(ids.get(text) ?? id).toBe(id);
            ids.set(text, id);
          }
        }
        expect(new Set(ids.values()).size).toBe(ids.size);
        dictionary.renew(column.length);
      }
    }),
    { numRuns: 300 },
  );
});

it('is begun anew where texts do not come again, and kept where they do', () => {
  const bytes = encoder.encode(Array.from({ length: 50_000 }, (_, i) => String(10_000_000 + i)).join(''));
  const unlike = new TextDictionary();
  const alike = new TextDictionary();
  let begun = 0;
  const { texts: kept } = alike;
  for (let column = 0; column < 25; column++) {
    const { texts } = unlike;
    for (let i = 0; i < 2000; i++) {
      const at = (column * 2000 + i) * 8;
      expect(unlike.texts[unlike.intern(bytes, at, at + 8, false)]).toBe(String(10_000_000 + at / 8));
      alike.intern(bytes, (i % 1200) * 8, (i % 1200) * 8 + 8, false);
    }
    unlike.renew(2000);
    alike.renew(2000);
    if (unlike.texts !== texts) begun++;
  }
  expect(begun).toBe(25);
  expect(alike.texts).toBe(kept);
  expect(kept).toHaveLength(1200);
});

it('is begun anew when it has become large, however often its texts come', () => {
  const dictionary = new TextDictionary();
  const bytes = new Uint8Array(4);
  const view = new DataView(bytes.buffer);
  const { texts } = dictionary;
  for (let i = 0; i < 40_000; i++) {
    view.setUint32(0, i * 2 + (i << 16), true);
    for (let b = 0; b < 4; b++) bytes[b]! &= 127;
    dictionary.intern(bytes, 0, 4, false);
    if (i % 1000 === 999) dictionary.renew(100_000);
  }
  expect(dictionary.texts).not.toBe(texts);
  expect(dictionary.texts.length).toBeLessThan(40_000);
});

it('makes texts of any length of ASCII', () => {
  const bytes = Uint8Array.from({ length: 1100 }, (_, i) => 32 + (i % 95));
  for (let length = 0; length <= 1000; length += length < 40 ? 1 : 37) {
    expect(asciiText(bytes, 3, 3 + length)).toBe(decoder.decode(bytes.subarray(3, 3 + length)));
  }
});

/** The words that a text of eight letters is hashed by: whoever hashes to the same has to end with the second one. */
function mixed(word: number): number {
  const hash = Math.imul(8 ^ word, 0x2c1b3c6d);
  return hash ^ (hash >>> 15);
}

it('tells texts of one hash apart', () => {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode('abcdefgh'));
  const second = mixed(view.getInt32(0, true)) ^ view.getInt32(4, true);
  const alike = ['abcdefgh'];
  for (let i = 0; alike.length < 20; i++) {
    bytes.set(encoder.encode(i.toString(36).padStart(4, '_')));
    view.setInt32(4, mixed(view.getInt32(0, true)) ^ second, true);
    if (bytes.every((byte) => byte < 128)) alike.push(decoder.decode(bytes));
  }
  const dictionary = new TextDictionary();
  const ids = alike.map((text) => dictionary.intern(encoder.encode(text), 0, 8, false));
  expect(dictionary.texts).toEqual(alike);
  expect(alike.map((text) => dictionary.intern(encoder.encode(text), 0, 8, false))).toEqual(ids);
});
