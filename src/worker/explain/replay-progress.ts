/** How far the replays of one question have come. */
export interface ReplayShare {
  /** Which replay it is, from 1: how many there will be nobody knows. */
  readonly replay: number;
  /** Of the entries that it takes, 0..1. */
  readonly share: number;
}

export class ReplayProgress {
  private replay = 0;
  private from = 0;
  private to = 0;
  private at = 0;

  /** Another replay takes entries `from` .. `to - 1`. */
  begin(from: number, to: number): void {
    this.replay++;
    this.from = from;
    this.at = from;
    this.to = to;
  }

  reach(seq: number): void {
    this.at = seq;
  }

  get share(): ReplayShare {
    const { replay, from, to, at } = this;
    return { replay, share: to <= from ? 0 : (at - from) / (to - from) };
  }
}
