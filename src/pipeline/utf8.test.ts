import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeUtf8 } from './utf8.ts';

/** Lone surrogates become U+FFFD, as the encoder writes them. */
function wellFormed(text: string): string {
  return Array.from(text, (unit) => (/^[\ud800-\udfff]$/.test(unit) ? '\ufffd' : unit)).join('');
}

it('decodes what an encoder wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      expect(decodeUtf8(new TextEncoder().encode(text))).toEqual({ ok: true, text: wellFormed(text) });
    }),
  );
});

it('agrees with the platform on which bytes are text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
      const decoded = decodeUtf8(bytes);
      try {
        expect(decoded).toEqual({ ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) });
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        expect(decoded.ok).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});

it('skips a byte order mark and survives long texts', () => {
  const text = 'aé😀'.repeat(100_000);
  expect(decodeUtf8(new TextEncoder().encode(`\ufeff${text}`))).toEqual({ ok: true, text });
});

it.each([
  ['overlong', [0x61, 0xc0, 0xaf], 1],
  ['surrogate', [0xed, 0xa0, 0x80], 0],
  ['above the last character', [0xf4, 0x90, 0x80, 0x80], 0],
  ['cut', [0x61, 0x62, 0xe2, 0x82], 2],
])('names the offset of a fault: %s', (_, bytes, offset) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toEqual({ ok: false, offset });
});
