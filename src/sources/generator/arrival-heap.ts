/**
 * Events under way, by arrival, then by the number that they were made with. Holds at most `limit`: beyond it the one
 * that is due first arrives early, which the caller sees by `full`.
 */
export class ArrivalHeap {
  size = 0;
  private readonly limit: number;
  private arrivals = new Float64Array(64);
  private numbers = new Float64Array(64);
  /** Where the event's columns lie, a slot that `pop` hands back. */
  private slots = new Int32Array(64);
  private freeSlots: number[] = [];
  private usedSlots = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get full(): boolean {
    return this.size >= this.limit;
  }

  /** Arrival of the event that is due first, Infinity when none is under way. */
  firstArrivalMs(): number {
    return this.size === 0 ? Infinity : (this.arrivals[0] ?? Infinity);
  }

  /** Takes a slot for an event's columns. */
  push(arrivalMs: number, number: number): number {
    const slot = this.freeSlots.pop() ?? this.usedSlots++;
    if (this.size === this.arrivals.length) this.grow();
    let i = this.size++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(arrivalMs, number, parent)) break;
      this.move(parent, i);
      i = parent;
    }
    this.put(i, arrivalMs, number, slot);
    return slot;
  }

  /** Takes the first event out. Its slot stays as it is until the next `push`, which is given it. */
  pop(): { readonly arrivalMs: number; readonly number: number; readonly slot: number } {
    const first = { arrivalMs: this.arrivals[0] ?? 0, number: this.numbers[0] ?? 0, slot: this.slots[0] ?? 0 };
    this.freeSlots.push(first.slot);
    const last = --this.size;
    const arrivalMs = this.arrivals[last] ?? 0;
    const number = this.numbers[last] ?? 0;
    const slot = this.slots[last] ?? 0;
    let i = 0;
    for (;;) {
      let child = i * 2 + 1;
      if (child >= last) break;
      if (child + 1 < last && this.before(this.arrivals[child + 1] ?? 0, this.numbers[child + 1] ?? 0, child)) child++;
      if (this.before(arrivalMs, number, child)) break;
      this.move(child, i);
      i = child;
    }
    if (last > 0) this.put(i, arrivalMs, number, slot);
    return first;
  }

  private before(arrivalMs: number, number: number, other: number): boolean {
    const otherMs = this.arrivals[other] ?? 0;
    return arrivalMs < otherMs || (arrivalMs === otherMs && number < (this.numbers[other] ?? 0));
  }

  private move(from: number, to: number): void {
    this.put(to, this.arrivals[from] ?? 0, this.numbers[from] ?? 0, this.slots[from] ?? 0);
  }

  private put(i: number, arrivalMs: number, number: number, slot: number): void {
    this.arrivals[i] = arrivalMs;
    this.numbers[i] = number;
    this.slots[i] = slot;
  }

  private grow(): void {
    const arrivals = new Float64Array(this.size * 2);
    const numbers = new Float64Array(this.size * 2);
    const slots = new Int32Array(this.size * 2);
    arrivals.set(this.arrivals);
    numbers.set(this.numbers);
    slots.set(this.slots);
    this.arrivals = arrivals;
    this.numbers = numbers;
    this.slots = slots;
  }
}
