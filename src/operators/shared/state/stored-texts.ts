import type { Buffers } from '../../../stream/buffers.ts';
import type { Column, Nulls } from '../../../stream/column.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Scalar } from './scalar-table.ts';
import type { Rows } from './stored-column.ts';
import { StoredScalars, widened } from './stored-column.ts';

/** Place of no text: of a NULL, and of a handle that is not in use. */
const NOWHERE = -1;

/**
 * STRING. Rows hold the place of their text in a list that grows at its end; texts that rows of one batch share are held
 * once. Once the list is far longer than there are rows it is written anew with the texts that are alive, so that a
 * stream of ever new texts takes no more room than the rows that are kept.
 */
export class StoredTexts extends StoredScalars {
  private places = new Int32Array(0);
  private texts: string[] = [];
  private live = 0;
  /** Where the texts of the last dictionaries are, by their ids there: a guess, which the text itself confirms. */
  private known = new Int32Array(64);
  /** Scratch of `columnOf`. */
  private localOf = new Int32Array(0);
  private placeOf = new Int32Array(0);

  /** How many texts there are, those included that nobody holds any more. */
  get inMemory(): number {
    return this.texts.length;
  }

  protected grow(capacity: number): void {
    const before = this.places.length;
    this.places = widened(this.places, capacity);
    this.places.fill(NOWHERE, before);
  }

  protected putValue(handle: number, value: NonNullable<Scalar>): void {
    this.makeRoom();
    const text = String(value);
    this.places[handle] = this.texts.length;
    this.texts.push(text);
    this.live++;
    this.textBytes += text.length * 2;
  }

  protected putNothing(): void {
    // The handle is not in use: its place is that of no text.
  }

  protected putValues(column: Column, rows: Rows, handles: Int32Array): boolean {
    if (column.kind !== 'text') return false;
    this.makeRoom();
    const { dictionary, ids } = column;
    if (this.known.length < dictionary.length) this.known = widened(this.known, dictionary.length * 2);
    const { texts, known, places } = this;
    let units = 0;
    for (let i = 0; i < handles.length; i++) {
      const id = ids[rows === null ? i : rows[i]!]!;
      const text = dictionary[id]!;
      let place = known[id]!;
      if (place >= texts.length || texts[place] !== text) {
        place = texts.length;
        texts.push(text);
        known[id] = place;
      }
      places[handles[i]!] = place;
      units += text.length;
    }
    this.live += handles.length;
    this.textBytes += units * 2;
    return true;
  }

  override clear(handle: number): void {
    super.clear(handle);
    const place = this.places[handle]!;
    if (place === NOWHERE) return;
    this.textBytes -= this.texts[place]!.length * 2;
    this.places[handle] = NOWHERE;
    this.live--;
  }

  override clearRows(handles: Int32Array): void {
    for (let i = 0; i < handles.length; i++) this.clear(handles[i]!);
  }

  /** Lets go of texts that nobody holds, once they are as many as all that ever were held at a time. */
  private makeRoom(): void {
    if (this.texts.length < 2 * this.live + this.places.length) return;
    const texts: string[] = [];
    const moved = new Int32Array(this.texts.length).fill(NOWHERE);
    const { places } = this;
    for (let handle = 0; handle < places.length; handle++) {
      const place = places[handle]!;
      if (place === NOWHERE) continue;
      if (moved[place] === NOWHERE) {
        moved[place] = texts.length;
        texts.push(this.texts[place]!);
      }
      places[handle] = moved[place]!;
    }
    this.texts = texts;
  }

  protected valueOf(handle: number): string {
    return this.texts[this.places[handle]!]!;
  }

  protected columnOf(handles: Int32Array, nulls: Nulls, buffers: Buffers): Column {
    const count = handles.length;
    if (this.localOf.length < this.texts.length) this.localOf = new Int32Array(this.texts.length * 2);
    if (this.placeOf.length < count) this.placeOf = new Int32Array(count);
    const { texts, places, localOf, placeOf } = this;
    const dictionary: string[] = [];
    const ids = buffers.ints(count);
    for (let i = 0; i < count; i++) {
      const place = places[handles[i]!]!;
      if (place === NOWHERE) {
        ids[i] = 0;
        continue;
      }
      let id = localOf[place]!;
      // What stands in the scratch may be of another call: the two arrays have to agree.
      if (id >= dictionary.length || placeOf[id] !== place) {
        id = dictionary.length;
        localOf[place] = id;
        placeOf[id] = place;
        dictionary.push(texts[place]!);
      }
      ids[i] = id;
    }
    if (dictionary.length === 0) dictionary.push('');
    return { kind: 'text', ids, dictionary, nulls };
  }

  protected writeValues(writer: StateWriter, handles: Int32Array): void {
    const count = handles.length;
    const texts = new Array<string>(count);
    for (let i = 0; i < count; i++) texts[i] = this.texts[this.places[handles[i]!]!] ?? '';
    const numbered = areRepeated(texts) ? numberedTexts(texts) : null;
    writer.u8(numbered === null ? 0 : 1);
    if (numbered === null) {
      writer.texts(texts);
      return;
    }
    writer.u32(numbered.different.length);
    writer.texts(numbered.different);
    writer.ints(numbered.ids);
  }

  protected readValues(reader: StateReader, handles: Int32Array): void {
    if (reader.u8() === 0) {
      reader.texts(handles.length).forEach((text, i) => this.putValue(handles[i]!, text));
      return;
    }
    const different = reader.texts(reader.u32());
    const ids = new Int32Array(handles.length);
    reader.ints(ids);
    this.putValues({ kind: 'text', ids, dictionary: different, nulls: null }, null, handles);
  }
}

/** Texts by which is judged how many are alike. */
const JUDGED = 1024;

/** Whether most texts are likely to come more than once. Goes by the texts alone: the same ones are always written alike. */
function areRepeated(texts: readonly string[]): boolean {
  const first = texts.slice(0, JUDGED);
  return new Set(first).size * 2 < first.length;
}

/** Each text once, in order of appearance, and its number at each place. */
function numberedTexts(texts: readonly string[]): { readonly different: readonly string[]; readonly ids: Int32Array } {
  const idOf = new Map<string, number>();
  const ids = new Int32Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    let id = idOf.get(text);
    if (id === undefined) idOf.set(text, (id = idOf.size));
    ids[i] = id;
  }
  return { different: [...idOf.keys()], ids };
}
