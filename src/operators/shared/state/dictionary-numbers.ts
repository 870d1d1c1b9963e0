import { grownInts } from './numbered-values.ts';

const NONE = -1;
/** Dictionaries remembered at a time: a union may bring those of several sources in turns. */
const REMEMBERED = 4;

/**
 * What numbers the texts of some dictionaries have, so that each text is looked up once and not with each row. A
 * dictionary may grow at its end; what an id means never changes.
 */
export class DictionaryNumbers {
  private readonly known: OneDictionary[] = [];
  private recent: OneDictionary | null = null;
  private oldest = 0;

  /** The number of each text of a dictionary, -1 where it is not known; long enough for `length` of them. */
  of(dictionary: readonly unknown[], length: number): Int32Array {
    const { recent } = this;
    if (recent !== null && recent.dictionary === dictionary) return recent.numbers(length);
    return (this.recent = this.find(dictionary)).numbers(length);
  }

  private find(dictionary: readonly unknown[]): OneDictionary {
    for (const one of this.known) if (one.dictionary === dictionary) return one;
    if (this.known.length < REMEMBERED) {
      const added = new OneDictionary(dictionary);
      this.known.push(added);
      return added;
    }
    const replaced = this.known[this.oldest]!;
    this.oldest = (this.oldest + 1) % REMEMBERED;
    replaced.begin(dictionary);
    return replaced;
  }

  /** Remembers the number of the text `text` of the dictionary that was asked for last. */
  learn(text: number, number: number): void {
    this.recent!.learn(text, number);
  }

  /** The number stands for its text no more. */
  forget(number: number): void {
    for (const one of this.known) one.forget(number);
  }
}

class OneDictionary {
  dictionary: readonly unknown[];
  private numberOf = new Int32Array(0);
  /** The text of each number, -1 for none. */
  private textOf = new Int32Array(0);

  constructor(dictionary: readonly unknown[]) {
    this.dictionary = dictionary;
  }

  begin(dictionary: readonly unknown[]): void {
    this.dictionary = dictionary;
    if (this.numberOf.length > dictionary.length * 4) this.numberOf = new Int32Array(0);
    else this.numberOf.fill(NONE);
    this.textOf.fill(NONE);
  }

  numbers(length: number): Int32Array {
    const had = this.numberOf.length;
    if (length > had) this.numberOf = grownInts(this.numberOf, Math.max(length, had * 2)).fill(NONE, had);
    return this.numberOf;
  }

  learn(text: number, number: number): void {
    const had = this.textOf.length;
    if (number >= had) this.textOf = grownInts(this.textOf, Math.max(number + 1, had * 2)).fill(NONE, had);
    // Of a text that stands in the dictionary twice one place is enough: `forget` finds a single one.
    if (this.textOf[number] !== NONE) return;
    this.textOf[number] = text;
    this.numberOf[text] = number;
  }

  forget(number: number): void {
    const text = number < this.textOf.length ? this.textOf[number]! : NONE;
    if (text === NONE) return;
    this.textOf[number] = NONE;
    this.numberOf[text] = NONE;
  }
}
