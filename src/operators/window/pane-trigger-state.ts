import type { StateReader, StateWriter } from '../../stream/state-codec.ts';

/**
 * What the nodes of a trigger's tree remember for one key and window: whether they have finished, and a number each.
 * Beam: `FinishedTriggersBitSet`, and each trigger's own state.
 */
export class TriggerState {
  private readonly finished: Uint8Array;
  private readonly values: Float64Array;

  constructor(nodes: number) {
    this.finished = new Uint8Array(nodes);
    this.values = new Float64Array(nodes).fill(Number.NaN);
  }

  isFinished(node: number): boolean {
    return this.finished[node] === 1;
  }

  setFinished(node: number, isFinished: boolean): void {
    this.finished[node] = isFinished ? 1 : 0;
  }

  /** Makes the nodes [from, to) unfinished. */
  revive(from: number, to: number): void {
    this.finished.fill(0, from, to);
  }

  /** NaN while there is nothing to remember. */
  value(node: number): number {
    return this.values[node]!;
  }

  setValue(node: number, value: number): void {
    this.values[node] = value;
  }

  forget(node: number): void {
    this.values[node] = Number.NaN;
  }

  /** Takes over everything. */
  copy(from: TriggerState): void {
    this.finished.set(from.finished);
    this.values.set(from.values);
  }

  get bytes(): number {
    return this.finished.length * 9;
  }

  write(writer: StateWriter): void {
    for (let node = 0; node < this.finished.length; node++) {
      writer.u8(this.finished[node]!);
      writer.f64(this.values[node]!);
    }
  }

  read(reader: StateReader): void {
    for (let node = 0; node < this.finished.length; node++) {
      this.finished[node] = reader.u8();
      this.values[node] = reader.f64();
    }
  }
}
