import { Ints } from '../ints.ts';

const FEW = 16;
const FREE = -1;
/** So many values that nobody holds may stay known beside as many as are held. */
const SPARE = 1024;

/**
 * Dense numbers for distinct values, with a count of who holds each. What a number stands for is the subclass's affair; a
 * number that was forgotten is given to the next value, so that numbers stay small and nothing grows for ever.
 */
export abstract class NumberedValues {
  /** Holders of each number, `FREE` where it stands for nothing. */
  private holders = new Int32Array(FEW).fill(FREE);
  private free = new Ints();
  private count = 0;
  private heldCount = 0;
  /** Gathers numbers as they are given out, for whom it may concern. */
  created: number[] | null = null;

  /** How many values are known, held or not. */
  get size(): number {
    return this.count - this.free.length;
  }

  /** How many values somebody holds. */
  get held(): number {
    return this.heldCount;
  }

  /** All numbers are below this. */
  get bound(): number {
    return this.count;
  }

  protected take(): number {
    const id = this.free.length > 0 ? this.free.pop() : this.count++;
    if (id >= this.holders.length) this.holders = grownInts(this.holders, this.holders.length * 2).fill(FREE, id);
    this.holders[id] = 0;
    this.created?.push(id);
    return id;
  }

  hold(id: number): void {
    if (this.holders[id]!++ === 0) this.heldCount++;
  }

  /** Ends one hold. True where it was the last one. */
  release(id: number): boolean {
    if (--this.holders[id]! > 0) return false;
    this.heldCount--;
    return true;
  }

  /** Whether the number stands for a value that nobody holds. */
  isLoose(id: number): boolean {
    return this.holders[id] === 0;
  }

  /** Forgets a value that nobody holds. */
  forget(id: number): void {
    this.remove(id);
    this.free.push(id);
    this.holders[id] = FREE;
    this.beginAnew();
  }

  /** Forgets what nobody holds; where many are forgotten together, once they are more than what is held and `SPARE`. */
  forgetLoose(): void {
    if (this.forgetsTogether) {
      if (this.size > this.heldCount * 2 + SPARE || this.heldCount === 0) this.forgetTogether();
      return;
    }
    for (let id = this.count - 1; id >= 0; id--) if (this.isLoose(id)) this.forget(id);
  }

  /** The smallest number is then given out first: values that come together lie together. */
  private forgetTogether(): void {
    const { holders, count } = this;
    const gone = new Ints();
    this.free = new Ints();
    for (let id = count - 1; id >= 0; id--) {
      if (holders[id]! > 0) continue;
      if (holders[id] === 0) gone.push(id);
      this.free.push(id);
      holders[id] = FREE;
    }
    this.removeAll(gone);
    this.beginAnew();
  }

  /** With the last value everything begins anew: a burst of keys leaves nothing behind. */
  private beginAnew(): void {
    if (this.free.length < this.count) return;
    this.free = new Ints();
    this.count = 0;
    this.holders = new Int32Array(FEW).fill(FREE);
  }

  /** Whether values may stay known for a while, because many are forgotten much faster at once. */
  get forgetsTogether(): boolean {
    return false;
  }

  protected abstract remove(id: number): void;

  /** `remove` of many, where `forgetsTogether`. */
  protected removeAll(ids: Ints): void {
    for (let i = 0; i < ids.length; i++) this.remove(ids.values[i]!);
  }
}

/** The same numbers with room for `capacity`, which is not less. */
export function grownInts(values: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(values);
  return larger;
}
