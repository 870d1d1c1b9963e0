import type { AsciiDecoder } from '../text/ascii-reader.ts';
import { asciiText } from '../text/ascii-reader.ts';
import { decodeLoose, decodeUtf8 } from '../text/utf8-reader.ts';

/** Texts and bytes above which a dictionary is given up for a new one, so that columns of unlike texts stay bounded. */
const MOST_TEXTS = 32_768;
const MOST_BYTES = 4_194_304;
/** Below that nobody knows yet whether texts come again. */
const FEW_TEXTS = 1024;
/** Bytes that are copied one by one: a view of them would take longer to make. */
const FEW_BYTES = 32;
/** The highest bit of each of four bytes: none is set in ASCII. */
const HIGH_BITS = 0x80808080 | 0;

const NO_BYTES = new Uint8Array(0);

/**
 * Turns byte ranges into ids of texts, making each text only once. `texts` grows at its end and is shared by all columns
 * that were read with it; `renew` starts another when this one has become large.
 *
 * Bytes are hashed and compared four at a time; the last four of a text may have been seen in part before.
 */
export class TextDictionary {
  texts: string[] = [];
  /** Texts that were looked up since it was begun. */
  private values = 0;
  private readonly platform: AsciiDecoder | null;
  private table = new Int32Array(1024);
  /** Of text i: its hash at 2 i, where its bytes begin in the arena at 2 i + 1; they end where the next ones begin. */
  private entries = new Int32Array(1024);
  private arena = new Uint8Array(8192);
  private arenaView: DataView = new DataView(this.arena.buffer);
  /** What `intern` was last given and a view of it, and the same of what it was given before: texts by turns lie in two. */
  private lent: Uint8Array = NO_BYTES;
  private view: DataView = new DataView(NO_BYTES.buffer);
  private lentBefore: Uint8Array = NO_BYTES;
  private viewBefore = this.view;
  /** Where `add` puts a text: its hash, and the free slot that was found for it. */
  private hash = 0;
  private slot = 0;

  constructor(platform: AsciiDecoder | null = null) {
    this.platform = platform;
  }

  /**
   * Ends a column in which `values` texts were looked up. Where most of them were new the dictionary is given up as well:
   * the next column would find few of them again, and all would be kept from the collector.
   */
  renew(values: number): void {
    const { length } = this.texts;
    this.values += values;
    const isOfUse = length * 4 < this.values * 3 || length < FEW_TEXTS;
    if (isOfUse && length < MOST_TEXTS && this.entries[2 * length + 1]! < MOST_BYTES) return;
    this.texts = [];
    this.values = 0;
    this.table.fill(0);
  }

  /** The id of the text of the bytes [start, end), -1 when they are no UTF-8. `loose` as for `decodeLoose`. */
  intern(bytes: Uint8Array, start: number, end: number, loose: boolean): number {
    if (bytes !== this.lent) this.lend(bytes);
    const { view, table, entries } = this;
    const length = end - start;
    let hash = length;
    let seen = 0;
    if (length >= 4) {
      const last = end - 4;
      for (let at = start; at < last; at += 4) {
        const word = view.getInt32(at, true);
        seen |= word;
        hash = Math.imul(hash ^ word, 0x2c1b3c6d);
        hash ^= hash >>> 15;
      }
      const word = view.getInt32(last, true);
      seen |= word;
      hash = Math.imul(hash ^ word, 0x2c1b3c6d);
    } else {
      let word = 0;
      for (let at = start; at < end; at++) word = (word << 8) | bytes[at]!;
      seen = word;
      hash = Math.imul(hash ^ word, 0x2c1b3c6d);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x297a2d39);
    hash ^= hash >>> 15;
    const mask = table.length - 1;
    let slot = hash & mask;
    for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
      const place = 2 * (entry - 1);
      if (entries[place] === hash) {
        const from = entries[place + 1]!;
        if (entries[place + 3]! - from === length && this.isSame(from, start, length)) return entry - 1;
      }
      slot = (slot + 1) & mask;
    }
    const text =
      (seen & HIGH_BITS) === 0
        ? asciiText(bytes, start, end, this.platform)
        : loose
          ? decodeLoose(bytes, start, end, this.platform)
          : decodeUtf8(bytes, start, end, this.platform);
    if (text === null) return -1;
    this.hash = hash;
    this.slot = slot;
    return this.add(text, start, end);
  }

  private lend(bytes: Uint8Array): void {
    const { lent, view } = this;
    if (bytes === this.lentBefore) {
      this.lent = bytes;
      this.view = this.viewBefore;
    } else {
      this.lent = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.lentBefore = lent;
    this.viewBefore = view;
  }

  private isSame(from: number, start: number, length: number): boolean {
    const { view, arenaView, lent, arena } = this;
    if (length < 4) {
      for (let i = 0; i < length; i++) if (arena[from + i] !== lent[start + i]) return false;
      return true;
    }
    const last = length - 4;
    for (let i = 0; i < last; i += 4) {
      if (arenaView.getInt32(from + i, true) !== view.getInt32(start + i, true)) return false;
    }
    return arenaView.getInt32(from + last, true) === view.getInt32(start + last, true);
  }

  private add(text: string, start: number, end: number): number {
    const id = this.texts.length;
    if (id === 0) this.entries[1] = 0;
    const from = this.entries[2 * id + 1]!;
    const to = from + end - start;
    if (to > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, to));
      arena.set(this.arena);
      this.arena = arena;
      this.arenaView = new DataView(arena.buffer);
    }
    if (end - start > FEW_BYTES) this.arena.set(this.lent.subarray(start, end), from);
    else for (let i = start, into = from; i < end; i++) this.arena[into++] = this.lent[i]!;
    if (2 * id + 3 >= this.entries.length) {
      const entries = new Int32Array(this.entries.length * 2);
      entries.set(this.entries);
      this.entries = entries;
    }
    this.entries[2 * id] = this.hash;
    this.entries[2 * id + 3] = to;
    this.texts.push(text);
    this.table[this.slot] = id + 1;
    if (this.texts.length * 2 > this.table.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.texts.length; id++) {
      let slot = this.entries[2 * id]! & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.table = table;
  }
}
