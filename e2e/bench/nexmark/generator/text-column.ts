import type { TextColumn } from '../../../../src/stream/column.ts';
import type { JavaRandom } from './java-random.ts';

const SPACE = 32;
const ZERO = 48;
const LETTER_A = 97;
/** Memory of columns that are finished. */
const spare: Uint8Array<ArrayBuffer>[] = [];
const NO_BYTES = new Uint8Array(0);
const decoder = new TextDecoder('utf-8');

/** Characters that a draw of 32 bits holds, and the number of ways that half of them can be. */
const LETTERS_A_DRAW = 6;
const HALF_WAYS = 26 ** 3;
/** Three letters, a byte each, by a number between -`HALF_WAYS` and `HALF_WAYS`. */
const LETTERS = lettersByNumber();

/**
 * Texts of a chunk, written as bytes and made into strings all at once: each is a part of one long string. Every byte is
 * ASCII. A text is put together piece by piece and then given to a row; rows without one have the id of any.
 */
export class TextColumnWriter {
  private bytes = spare.pop() ?? new Uint8Array(1 << 12);
  private length = 0;
  /** Where the present text begins. */
  private from = 0;
  private readonly ids: Int32Array;
  /** Where each text ends. */
  private readonly ends: number[] = [];

  /** `rows` is the length of the column. */
  constructor(rows: number) {
    this.ids = new Int32Array(rows);
  }

  /** Room for `count` more bytes. */
  private reserve(count: number): Uint8Array {
    if (this.length + count > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    return this.bytes;
  }

  /** Characters of ASCII. */
  put(text: string): void {
    const bytes = this.reserve(text.length);
    for (let i = 0; i < text.length; i++) bytes[this.length++] = text.charCodeAt(i);
  }

  /** A number below 10,000 with zeros in front. */
  fourDigits(value: number): void {
    const bytes = this.reserve(4);
    let rest = value;
    for (let i = 3; i >= 0; i--) {
      bytes[this.length + i] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.length += 4;
  }

  /** Words of small letters, 3 to `most` - 1 characters before spaces at the ends are cut. */
  words(random: JavaRandom, most: number): void {
    this.length = writeWords(this.reserve(most), this.length, random, { most, special: SPACE });
  }

  /**
   * Fills an event of `size` bytes up to `average` bytes, give or take a fifth. Six characters a draw; those of a negative
   * one stand before the small letters in ASCII, as Beam's do.
   */
  padding(random: JavaRandom, { size, average }: { readonly size: number; readonly average: number }): void {
    if (size > average) return;
    const wanted = average - size;
    const delta = Math.round(wanted * 0.2);
    const count = wanted - delta + (delta === 0 ? 0 : random.below(2 * delta));
    // A draw is written whole; what goes too far is overwritten.
    const bytes = this.reserve(count + LETTERS_A_DRAW);
    const end = this.length + count;
    for (let at = this.length; at < end; at += LETTERS_A_DRAW) {
      const draw = random.nextInt();
      const rest = (draw / HALF_WAYS) | 0;
      const first = LETTERS[HALF_WAYS + draw - Math.imul(rest, HALF_WAYS)]!;
      const second = LETTERS[HALF_WAYS + (rest % HALF_WAYS)]!;
      bytes[at] = first;
      bytes[at + 1] = first >> 8;
      bytes[at + 2] = first >> 16;
      bytes[at + 3] = second;
      bytes[at + 4] = second >> 8;
      bytes[at + 5] = second >> 16;
    }
    this.length = end;
  }

  /** Gives what was put since the last end to a row, and says how long it is. */
  end(row: number): number {
    this.ids[row] = this.ends.length;
    this.ends.push(this.length);
    const length = this.length - this.from;
    this.from = this.length;
    return length;
  }

  /** Ends the column: nothing can be written any more. */
  column(): TextColumn {
    const all = decoder.decode(this.bytes.subarray(0, this.length));
    spare.push(this.bytes);
    this.bytes = NO_BYTES;
    const dictionary: string[] = [];
    let from = 0;
    for (const end of this.ends) {
      dictionary.push(all.substring(from, end));
      from = end;
    }
    return { kind: 'text', ids: this.ids, dictionary, nulls: null };
  }
}

export interface Words {
  readonly most: number;
  /** The character that one in 13 is. */
  readonly special: number;
}

/** Writes words to `bytes` from `from` on and gives where they end, spaces at both ends cut. */
export function writeWords(bytes: Uint8Array, from: number, random: JavaRandom, { most, special }: Words): number {
  let end = from;
  let count = 3 + random.below(most - 3);
  for (; count > 0; count--) {
    const letter = random.below(13) === 0 ? special : LETTER_A + random.below(26);
    if (letter !== SPACE || end > from) bytes[end++] = letter;
  }
  while (end > from && bytes[end - 1] === SPACE) end--;
  return end;
}

/** The lowest digit to base 26 comes first; the digits of a negative number are negative. */
function lettersByNumber(): Int32Array {
  const letters = new Int32Array(2 * HALF_WAYS);
  for (let number = 1 - HALF_WAYS; number < HALF_WAYS; number++) {
    const first = LETTER_A + (number % 26);
    const second = LETTER_A + (Math.trunc(number / 26) % 26);
    const third = LETTER_A + Math.trunc(number / 676);
    letters[HALF_WAYS + number] = first | (second << 8) | (third << 16);
  }
  return letters;
}
