const LONGEST_STEP = 256;
const WORD = 4;
const SPACE = 32;

/** How many steps may still be kept, so that records of ever new keys do not fill the memory. */
export interface StepBudget {
  left: number;
}

/** A place in front of a key: the begin of an object, or a value that may have another one behind it. */
abstract class KeyPlace<Node> {
  /** The steps that came here last. */
  private next: KeyStep<Node> | null = null;
  private other: KeyStep<Node> | null = null;

  /** The step that begins at `at`, if it is one of the last two: where a key is left out now and then there are two. */
  stepAt(view: DataView, at: number, end: number): KeyStep<Node> | null {
    const { next, other } = this;
    if (next !== null && next.isAt(view, at, end)) return next;
    return other !== null && other.isAt(view, at, end) ? other : null;
  }

  expect(step: KeyStep<Node>): void {
    this.other = this.next;
    this.next = step;
  }
}

export type { KeyPlace };

/**
 * The way to a value of an object as it was once written: the comma, the key, the colon and the white space between them.
 * The same bytes at the same place mean the same again.
 */
export class KeyStep<Node> extends KeyPlace<Node> {
  readonly length: number;
  /** What is wanted of the value. */
  readonly node: Node | null;
  /** Four bytes each; the last ones may overlap those before. */
  private readonly words: Int32Array;
  private keysInside: KeyOrder<Node> | null = null;

  constructor(view: DataView, at: number, length: number, node: Node | null) {
    super();
    this.length = length;
    this.node = node;
    this.words = new Int32Array(Math.ceil(length / WORD));
    for (let i = 0; i < this.words.length; i++) {
      this.words[i] = view.getInt32(at + Math.min(i * WORD, length - WORD), true);
    }
  }

  /** Of objects that stand here, when nothing is wanted of the value. */
  get inside(): KeyOrder<Node> {
    this.keysInside ??= new KeyOrder();
    return this.keysInside;
  }

  /** Whether the bytes from `at` on are this step up to a value, with no more white space before it, that begins before `end`. */
  isAt(view: DataView, at: number, end: number): boolean {
    const { words, length } = this;
    if (at + length >= end || view.getUint8(at + length) <= SPACE) return false;
    const last = words.length - 1;
    // Most keys differ in their last letters, if not in all; what stands before the first one is always the same.
    if (view.getInt32(at + length - WORD, true) !== words[last]) return false;
    for (let i = 0, place = at; i < last; i++, place += WORD) {
      if (view.getInt32(place, true) !== words[i]) return false;
    }
    return true;
  }
}

/**
 * In which order the keys of the objects of one place came so far. It gives guesses that `isAt` checks; whoever shares an
 * order between objects has to want the same of all of them.
 */
export class KeyOrder<Node> extends KeyPlace<Node> {
  /** By a hash of their bytes. Of two with the same hash the one that came first stays. */
  private readonly steps = new Map<number, KeyStep<Node>>();
  private keysOfElements: KeyOrder<Node> | null = null;

  /** Of objects in an array that stands in place of the object, and of which nothing is wanted. */
  get elements(): KeyOrder<Node> {
    this.keysOfElements ??= new KeyOrder();
    return this.keysOfElements;
  }

  /** Keeps in mind that the bytes [from, to) came at `place` and led to a value of which `node` is wanted. Null: does not. */
  learn(
    place: KeyPlace<Node>,
    bytes: { readonly view: DataView; readonly from: number; readonly to: number },
    node: Node | null,
    budget: StepBudget,
  ): KeyStep<Node> | null {
    const { view, from, to } = bytes;
    const length = to - from;
    if (length < WORD || length > LONGEST_STEP) return null;
    let hash = length;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
    let step = this.steps.get(hash);
    if (step === undefined) {
      if (budget.left === 0) return null;
      budget.left--;
      step = new KeyStep(view, from, length, node);
      this.steps.set(hash, step);
    } else if (step.length !== length || !step.isAt(view, from, to + 1)) return null;
    place.expect(step);
    return step;
  }
}
