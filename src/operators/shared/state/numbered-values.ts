const FEW = 16;
const FREE = -1;

/**
 * Dense numbers for distinct values, with a count of who holds each. What a number stands for is the subclass's affair; a
 * number that was forgotten is given to the next value, so that numbers stay small and nothing grows for ever.
 */
export abstract class NumberedValues {
  /** Holders of each number, `FREE` where it stands for nothing. */
  private holders = new Int32Array(FEW).fill(FREE);
  private free: number[] = [];
  private count = 0;
  /** Gathers numbers as they are given out, for whom it may concern. */
  created: number[] | null = null;

  /** How many values there are. */
  get size(): number {
    return this.count - this.free.length;
  }

  /** All numbers are below this. */
  get bound(): number {
    return this.count;
  }

  protected take(): number {
    const id = this.free.pop() ?? this.count++;
    if (id >= this.holders.length) this.holders = grownInts(this.holders, this.holders.length * 2).fill(FREE, id);
    this.holders[id] = 0;
    this.created?.push(id);
    return id;
  }

  hold(id: number): void {
    this.holders[id]!++;
  }

  /** Ends one hold. True where it was the last one. */
  release(id: number): boolean {
    return --this.holders[id]! === 0;
  }

  /** Whether the number stands for a value that nobody holds. */
  isLoose(id: number): boolean {
    return this.holders[id] === 0;
  }

  /** Forgets a value that nobody holds. */
  forget(id: number): void {
    this.remove(id);
    this.holders[id] = FREE;
    this.free.push(id);
    if (this.free.length < this.count) return;
    // With the last value everything begins anew: a burst of keys leaves nothing behind.
    this.free = [];
    this.count = 0;
    this.holders = new Int32Array(FEW).fill(FREE);
  }

  protected abstract remove(id: number): void;
}

/** The same numbers with room for `capacity`, which is not less. */
export function grownInts(values: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(values);
  return larger;
}
