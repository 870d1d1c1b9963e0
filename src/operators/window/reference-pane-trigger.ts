import type { Trigger } from '../shared/trigger.ts';

/** What a trigger may ask of its window and of the clocks. Watermarks in Flink's convention. */
export interface PaneSurroundings {
  readonly isPastEnd: () => boolean;
  readonly clock: () => number;
  /** Whether windows merge, so that triggers may come back to life. */
  readonly isMerging: boolean;
  /** Timers: to be asked at the end of the window, or once the clock has passed a time. None is ever taken back. */
  readonly wakeAtEnd: () => void;
  readonly wakeAfter: (time: number) => void;
}

/** One trigger of one window, as the state machines of `org.apache.beam.runners.core.triggers`. */
export abstract class PaneTrigger {
  finished = false;
  protected readonly window: PaneSurroundings;
  protected readonly inner: readonly PaneTrigger[];

  constructor(window: PaneSurroundings, inner: readonly PaneTrigger[] = []) {
    this.window = window;
    this.inner = inner;
  }

  abstract element(): void;
  abstract shouldFire(): boolean;
  abstract fire(): void;
  /** The same trigger in the windows that are merged into this one, which may be among them. */
  abstract merge(others: readonly PaneTrigger[]): void;

  /** Forgets what it counted and waited for, but not that it has finished. */
  clear(): void {
    for (const trigger of this.inner) trigger.clear();
  }

  /** Is as far as the trigger that stands for the same window was, all the way down. */
  finishAs(former: PaneTrigger): void {
    this.finished = former.finished;
    this.inner.forEach((trigger, i) => trigger.finishAs(former.inner[i]!));
  }

  reset(): void {
    this.finished = false;
    for (const trigger of this.inner) trigger.reset();
  }

  protected unfinished(): PaneTrigger | null {
    return this.inner.find(({ finished }) => !finished) ?? null;
  }

  /** Hands the merge on to the inner triggers. */
  protected mergeInner(others: readonly PaneTrigger[], at: number): void {
    this.inner[at]!.merge(others.map((other) => other.inner[at]!));
  }
}

export function paneTrigger(trigger: Trigger, window: PaneSurroundings): PaneTrigger {
  const inner = (list: readonly Trigger[]): readonly PaneTrigger[] => list.map((each) => paneTrigger(each, window));
  switch (trigger.on) {
    case 'default':
      return new Default(window);
    case 'count':
      return new Count(window, trigger.rows);
    case 'processing-delay':
      return new Delay(window, trigger.delayMs);
    case 'repeatedly':
      return new Repeatedly(window, inner([trigger.of]));
    case 'after-first':
      return new AfterFirst(window, inner(trigger.of));
    case 'after-all':
      return new AfterAll(window, inner(trigger.of));
    case 'after-each':
      return new AfterEach(window, inner(trigger.of));
    case 'or-finally':
      return new OrFinally(window, inner([trigger.of, trigger.until]));
    case 'end-of-window':
      return trigger.early === undefined && trigger.late === undefined
        ? new EndOfWindow(window)
        : new EarlyAndLate(
            window,
            inner([trigger.early ?? { on: 'never' }, ...(trigger.late === undefined ? [] : [trigger.late])]),
          );
    default:
      return new Never(window);
  }
}

class Never extends PaneTrigger {
  element(): void {
    // waits for ever
  }
  shouldFire(): boolean {
    return false;
  }
  fire(): void {
    this.finished = true;
  }
  merge(): void {
    // nothing to take over
  }
}

/** Fires whenever it is asked after the end of the window, and never finishes. */
class Default extends Never {
  override element(): void {
    if (!this.window.isPastEnd()) this.window.wakeAtEnd();
  }
  override shouldFire(): boolean {
    return this.window.isPastEnd();
  }
  override fire(): void {
    // goes on
  }
  override merge(): void {
    this.element();
  }
}

class EndOfWindow extends Never {
  override element(): void {
    if (!this.window.isPastEnd()) this.window.wakeAtEnd();
  }
  override shouldFire(): boolean {
    return this.window.isPastEnd();
  }
  override merge(others: readonly PaneTrigger[] = []): void {
    this.finished = others.every(({ finished }) => finished) && this.window.isPastEnd();
  }
}

class Count extends PaneTrigger {
  private readonly rows: number;
  private seen = 0;
  constructor(window: PaneSurroundings, rows: number) {
    super(window);
    this.rows = rows;
  }
  element(): void {
    this.seen++;
  }
  shouldFire(): boolean {
    return this.seen >= this.rows;
  }
  fire(): void {
    this.clear();
    this.finished = true;
  }
  override clear(): void {
    this.seen = 0;
  }
  merge(others: readonly PaneTrigger[]): void {
    this.finished = others.some(({ finished }) => finished);
    this.seen = this.finished ? 0 : (others as readonly Count[]).reduce((sum, other) => sum + other.seen, 0);
  }
}

class Delay extends PaneTrigger {
  private readonly delay: number;
  private until: number | null = null;
  constructor(window: PaneSurroundings, delay: number) {
    super(window);
    this.delay = delay;
  }
  element(): void {
    if (this.until !== null) return;
    this.until = this.window.clock() + this.delay;
    this.window.wakeAfter(this.until);
  }
  /** Strictly after: `AfterDelayFromFirstElementStateMachine.shouldFire`. */
  shouldFire(): boolean {
    return this.until !== null && this.window.clock() > this.until;
  }
  fire(): void {
    this.clear();
    this.finished = true;
  }
  override clear(): void {
    this.until = null;
  }
  merge(others: readonly PaneTrigger[]): void {
    const times = (others as readonly Delay[]).flatMap(({ until }) => until ?? []);
    this.until = this.finished || times.length === 0 ? null : Math.min(...times);
    if (this.until !== null) this.window.wakeAfter(this.until);
  }
}

class Repeatedly extends PaneTrigger {
  element(): void {
    this.inner[0]!.element();
  }
  shouldFire(): boolean {
    return this.inner[0]!.shouldFire();
  }
  fire(): void {
    const repeated = this.inner[0]!;
    repeated.fire();
    if (!repeated.finished) return;
    repeated.reset();
    repeated.clear();
  }
  merge(others: readonly PaneTrigger[]): void {
    this.mergeInner(others, 0);
  }
}

class AfterFirst extends PaneTrigger {
  element(): void {
    for (const trigger of this.inner) trigger.element();
  }
  shouldFire(): boolean {
    return this.inner.some((trigger) => trigger.finished || trigger.shouldFire());
  }
  fire(): void {
    for (const trigger of this.inner) {
      if (trigger.shouldFire()) trigger.fire();
      else trigger.clear();
    }
    this.finished = true;
  }
  merge(others: readonly PaneTrigger[]): void {
    this.inner.forEach((_, i) => this.mergeInner(others, i));
    this.finished = this.inner.some(({ finished }) => finished);
  }
}

class AfterAll extends PaneTrigger {
  element(): void {
    for (const trigger of this.inner) if (!trigger.finished) trigger.element();
  }
  shouldFire(): boolean {
    return this.inner.every((trigger) => trigger.finished || trigger.shouldFire());
  }
  fire(): void {
    for (const trigger of this.inner) trigger.fire();
    this.finished = true;
  }
  merge(others: readonly PaneTrigger[]): void {
    this.inner.forEach((_, i) => this.mergeInner(others, i));
    this.finished = this.inner.every(({ finished }) => finished);
  }
}

class AfterEach extends PaneTrigger {
  element(): void {
    if (this.window.isMerging) for (const trigger of this.inner) trigger.element();
    else this.unfinished()?.element();
  }
  shouldFire(): boolean {
    return this.unfinished()?.shouldFire() ?? false;
  }
  fire(): void {
    this.unfinished()?.fire();
    if (this.window.isMerging) this.clear();
    this.finished = this.unfinished() === null;
  }
  merge(others: readonly PaneTrigger[]): void {
    let areDone = true;
    this.inner.forEach((trigger, i) => {
      if (!areDone) trigger.clear();
      else {
        this.mergeInner(others, i);
        areDone = trigger.finished;
      }
    });
    this.finished = this.unfinished() === null;
  }
}

class OrFinally extends PaneTrigger {
  element(): void {
    for (const trigger of this.inner) trigger.element();
  }
  shouldFire(): boolean {
    return this.inner.some((trigger) => trigger.shouldFire());
  }
  fire(): void {
    const [actual, until] = this.inner as readonly [PaneTrigger, PaneTrigger];
    if (until.shouldFire()) {
      until.fire();
      actual.clear();
    } else actual.fire();
    this.finished = this.inner.some(({ finished }) => finished);
  }
  merge(others: readonly PaneTrigger[]): void {
    this.inner.forEach((_, i) => this.mergeInner(others, i));
    this.finished = this.inner.some(({ finished }) => finished);
  }
}

/** `AfterWatermarkEarlyAndLate`: the early trigger until the end of the window, then the late one, each again and again. */
class EarlyAndLate extends PaneTrigger {
  private get early(): PaneTrigger {
    return this.inner[0]!;
  }
  private get late(): PaneTrigger | null {
    return this.inner[1] ?? null;
  }
  element(): void {
    if (!this.window.isPastEnd()) this.window.wakeAtEnd();
    if (this.window.isMerging) for (const trigger of this.inner) trigger.element();
    else this.unfinished()?.element();
  }
  shouldFire(): boolean {
    if (!this.early.finished) return this.early.shouldFire() || this.window.isPastEnd();
    return this.late?.shouldFire() ?? false;
  }
  fire(): void {
    const { early, late } = this;
    if (early.finished) {
      if (late === null) this.finished = true;
      else {
        late.fire();
        late.clear();
        late.finished = false;
      }
    } else if (!this.window.isPastEnd()) {
      early.fire();
      early.clear();
      early.finished = false;
    } else {
      if (early.shouldFire()) early.fire();
      early.finished = true;
      early.clear();
      if (late === null) this.finished = true;
      else late.clear();
    }
  }
  merge(others: readonly PaneTrigger[]): void {
    const earlyOnes = others.map((other) => (other as EarlyAndLate).early);
    if (!earlyOnes.every(({ finished }) => finished) || !this.window.isPastEnd()) {
      this.mergeInner(others, 0);
      this.early.finished = false;
      if (this.late !== null) {
        this.late.finished = false;
        this.late.clear();
      }
    } else {
      this.early.finished = true;
      if (this.late !== null) this.mergeInner(others, 1);
    }
  }
}
