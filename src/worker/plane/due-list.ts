/** What is due at a time, the earliest first. */
export class DueList {
  private readonly times: number[] = [];
  private readonly items: number[] = [];

  add(timeMs: number, item: number): void {
    const { times, items } = this;
    let place = times.length;
    times.push(timeMs);
    items.push(item);
    while (place > 0) {
      const above = (place - 1) >> 1;
      if ((times[above] ?? 0) <= timeMs) break;
      times[place] = times[above] ?? 0;
      items[place] = items[above] ?? 0;
      place = above;
    }
    times[place] = timeMs;
    items[place] = item;
  }

  /** When the first is due; NaN while there is none. */
  get firstMs(): number {
    return this.times[0] ?? Number.NaN;
  }

  /** Takes the first one away. */
  pop(): number {
    const { times, items } = this;
    const first = items[0] ?? -1;
    const timeMs = times.pop() ?? 0;
    const item = items.pop() ?? -1;
    if (times.length > 0) this.sink(timeMs, item);
    return first;
  }

  private sink(timeMs: number, item: number): void {
    const { times, items } = this;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= times.length) break;
      if (below + 1 < times.length && (times[below + 1] ?? 0) < (times[below] ?? 0)) below++;
      if ((times[below] ?? 0) >= timeMs) break;
      times[place] = times[below] ?? 0;
      items[place] = items[below] ?? 0;
      place = below;
    }
    times[place] = timeMs;
    items[place] = item;
  }
}
