/** Numbers waiting for times, the earliest first; equal times in no particular order. */
export class TimerHeap {
  private readonly times: number[] = [];
  private readonly items: number[] = [];

  get size(): number {
    return this.times.length;
  }

  /** Time of the first item; +∞ when there is none. */
  get firstTime(): number {
    return this.times.length === 0 ? Infinity : this.times[0]!;
  }

  push(time: number, item: number): void {
    let at = this.times.length;
    this.times.push(time);
    this.items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.times[parent]! <= time) break;
      this.move(parent, at);
      at = parent;
    }
    this.put(at, time, item);
  }

  /** Takes the first item, which must be there. */
  pop(): number {
    const first = this.items[0]!;
    const time = this.times.pop()!;
    const item = this.items.pop()!;
    const size = this.times.length;
    if (size === 0) return first;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && this.times[child + 1]! < this.times[child]!) child++;
      if (this.times[child]! >= time) break;
      this.move(child, at);
      at = child;
    }
    this.put(at, time, item);
    return first;
  }

  private move(from: number, to: number): void {
    this.put(to, this.times[from]!, this.items[from]!);
  }

  private put(at: number, time: number, item: number): void {
    this.times[at] = time;
    this.items[at] = item;
  }
}
