import type { TextColumn } from '../../../../src/stream/column.ts';
import type { Padding } from '../../../../src/sources/generator/nexmark/draws.ts';
import { LETTERS_A_DRAW, anyPadding } from '../../../../src/sources/generator/nexmark/draws.ts';
import type { JavaRandom } from '../../../../src/sources/generator/nexmark/java-random.ts';

const SPACE = 32;
const ZERO = 48;
const LETTER_A = 97;
/** Memory of columns that are finished. */
const spare: ArrayBuffer[] = [];
const NO_MEMORY = new ArrayBuffer(0);
const decoder = new TextDecoder('utf-8');

/** The number of ways that half the characters of a draw can be. */
const HALF_WAYS = 26 ** 3;
/** Three letters, a byte each, by a number between -`HALF_WAYS` and `HALF_WAYS`. */
const LETTERS = lettersByNumber();
/** Draws of one padding. */
const draws = new Int32Array(128);

/**
 * Texts of a chunk, written as bytes and made into strings all at once: each is a part of one long string. Every byte is
 * ASCII. A text is put together piece by piece and then given to a row; rows without one have the id of any. Texts begin at
 * every fourth byte, so that a padding can be written four bytes at a time.
 */
export class TextColumnWriter {
  private bytes: Uint8Array<ArrayBuffer>;
  /** The same memory, four bytes at a time. */
  private fours: Int32Array<ArrayBuffer>;
  private length = 0;
  /** Where the present text begins. */
  private from = 0;
  private readonly ids: Int32Array;
  /** Where each text begins, and where it ends. */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** `rows` is the length of the column. */
  constructor(rows: number) {
    const memory = spare.pop() ?? new ArrayBuffer(1 << 12);
    this.bytes = new Uint8Array(memory);
    this.fours = new Int32Array(memory);
    this.ids = new Int32Array(rows);
  }

  /** Room for `count` more bytes. */
  private reserve(count: number): Uint8Array {
    if (this.length + count > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length, (count + 3) & ~3) * 2);
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
      this.fours = new Int32Array(grown.buffer);
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
   * Fills an event of `size` bytes up to `average` bytes, give or take a fifth; the whole of a text. Six characters a draw;
   * those of a negative one stand before the small letters in ASCII, as Beam's do.
   */
  padding(random: JavaRandom, padding: Padding): void {
    const count = anyPadding(padding, random);
    if (count === 0) return;
    const drawn = Math.ceil(count / LETTERS_A_DRAW);
    random.nextInts(draws, drawn);
    this.reserve(count + 2 * LETTERS_A_DRAW);
    writeLetters(this.fours, this.from >> 2, drawn);
    this.length += count;
  }

  /** Gives what was put since the last end to a row, and says how long it is. */
  end(row: number): number {
    const { from, length } = this;
    this.ids[row] = this.ends.length;
    this.starts.push(from);
    this.ends.push(length);
    this.from = this.length = (length + 3) & ~3;
    return length - from;
  }

  /** Ends the column: nothing can be written any more. */
  column(): TextColumn {
    const { ids, starts, ends } = this;
    const all = decoder.decode(this.bytes.subarray(0, this.length));
    spare.push(this.bytes.buffer);
    this.bytes = new Uint8Array(NO_MEMORY);
    this.fours = new Int32Array(NO_MEMORY);
    const dictionary: string[] = [];
    for (let text = 0; text < ends.length; text++) dictionary.push(all.substring(starts[text]!, ends[text]));
    return { kind: 'text', ids, dictionary, nulls: null };
  }
}

/** The letters of `count` draws from `words[at]` on, two draws to three words; behind an odd one stand letters of no meaning. */
function writeLetters(words: Int32Array, at: number, count: number): void {
  const letters = LETTERS;
  for (let i = 0, word = at; i < count; i += 2, word += 3) {
    const first = draws[i]!;
    const second = draws[i + 1]!;
    const firstRest = restOf(first);
    const secondRest = restOf(second);
    const a = letters[placeOf(first, firstRest)]!;
    const b = letters[placeOf(firstRest, restOf(firstRest))]!;
    const c = letters[placeOf(second, secondRest)]!;
    const d = letters[placeOf(secondRest, restOf(secondRest))]!;
    words[word] = a | (b << 24);
    words[word + 1] = (b >>> 8) | (c << 16);
    words[word + 2] = (c >>> 16) | (d << 8);
  }
}

/** What is left of a number without its three lowest digits to base 26. `HALF_WAYS` written out, as in `JavaRandom`. */
function restOf(number: number): number {
  return (number / 17_576) | 0;
}

/** Where `LETTERS` has those of the three lowest digits. */
function placeOf(number: number, rest: number): number {
  return 17_576 + number - Math.imul(rest, 17_576);
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
