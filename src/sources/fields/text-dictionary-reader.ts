import { decodeLoose, decodeUtf8 } from '../text/utf8-reader.ts';

/** Texts and bytes above which a dictionary is given up for a new one, so that columns of unlike texts stay bounded. */
const MOST_TEXTS = 32_768;
const MOST_BYTES = 4_194_304;

/**
 * Turns byte ranges into ids of texts, making each text only once. `texts` grows at its end and is shared by all columns
 * that were read with it; `renew` starts another when this one has become large.
 */
export class TextDictionary {
  texts: string[] = [];
  private table = new Int32Array(1024);
  private hashes = new Int32Array(512);
  private offsets = new Int32Array(513);
  private arena = new Uint8Array(8192);

  /** Call between two columns, never within one. */
  renew(): void {
    if (this.texts.length < MOST_TEXTS && this.offsets[this.texts.length]! < MOST_BYTES) return;
    this.texts = [];
    this.table.fill(0);
  }

  /** The id of the text of the bytes [start, end), -1 when they are no UTF-8. `loose` as for `decodeLoose`. */
  intern(bytes: Uint8Array, start: number, end: number, loose: boolean): number {
    let hash = 0x811c9dc5 ^ (end - start);
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const table = this.table;
    const mask = table.length - 1;
    let slot = hash & mask;
    for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
      if (this.hashes[entry - 1] === hash && this.same(entry - 1, bytes, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const text = loose ? decodeLoose(bytes, start, end) : decodeUtf8(bytes, start, end);
    return text === null ? -1 : this.add(text, hash, slot, bytes.subarray(start, end));
  }

  private same(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[id]!;
    const length = end - start;
    if (this.offsets[id + 1]! - from !== length) return false;
    const arena = this.arena;
    for (let i = 0; i < length; i++) if (arena[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private add(text: string, hash: number, slot: number, bytes: Uint8Array): number {
    const id = this.texts.length;
    if (id === 0) this.offsets[0] = 0;
    const from = this.offsets[id]!;
    if (from + bytes.length > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, from + bytes.length));
      arena.set(this.arena);
      this.arena = arena;
    }
    this.arena.set(bytes, from);
    if (id + 1 >= this.offsets.length - 1) this.widen();
    this.offsets[id + 1] = from + bytes.length;
    this.hashes[id] = hash;
    this.texts.push(text);
    this.table[slot] = id + 1;
    if (this.texts.length * 2 > this.table.length) this.rehash();
    return id;
  }

  private widen(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    const offsets = new Int32Array(hashes.length + 1);
    hashes.set(this.hashes);
    offsets.set(this.offsets);
    this.hashes = hashes;
    this.offsets = offsets;
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.texts.length; id++) {
      let slot = this.hashes[id]! & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.table = table;
  }
}
