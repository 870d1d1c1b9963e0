import type { PartitionMove } from '../../engine/probe.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { Curve } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { LineSteps, PlaneLine } from '../plane-protocol.ts';
import { LineTrack } from './line-track.ts';
import type { RoundClock } from './round-clock.ts';

/** Inputs and partitions that have a line of their own; of more only the clock is shown. */
const MOST_INPUTS = 8;
const MOST_PARTITIONS = 64;

/** The watermarks that concern a node: its own clock, that of each input where there are several, of each partition. */
export class PlaneLines {
  private readonly plan: Plan;
  private readonly tracks: LineTrack[];
  /** Tracks of inputs, by the node that they come from. */
  private readonly inputs: readonly { readonly fromNode: number; readonly track: LineTrack }[];
  /** Numbers of tracks by source and partition. */
  private readonly lanes = new Map<number, number>();
  private slice: LogSlice | null = null;
  private fromSeq = 0;
  private announced = 0;

  constructor(plan: Plan, index: number) {
    const node = defined(plan.nodes[index], 'node');
    this.plan = plan;
    const clock: PlaneLine = { role: 'clock', nodeId: node.id, side: -1, partition: -1 };
    this.tracks = [new LineTrack(clock)];
    const ports = [...new Set(node.inputs.map(({ port }) => port))];
    const several = node.inputs.length > 1 && node.inputs.length <= MOST_INPUTS ? node.inputs : [];
    this.inputs = several.map(({ fromNode, port }) => {
      const nodeId = defined(plan.nodes[fromNode], 'input').id;
      const track = new LineTrack({ role: 'input', nodeId, side: ports.indexOf(port), partition: -1 });
      this.tracks.push(track);
      return { fromNode, track };
    });
  }

  begin(slice: LogSlice, fromSeq: number): void {
    this.slice = slice;
    this.fromSeq = fromSeq;
  }

  curve(node: number, curve: Curve): void {
    for (const { fromNode, track } of this.inputs) if (fromNode === node) this.follow(track, curve);
  }

  partition(node: number, { seq, partition, watermark, idle }: PartitionMove): void {
    const source = this.plan.sources.indexOf(node);
    if (seq < this.fromSeq || source < 0) return;
    const track = this.tracks[this.lane(source, partition)];
    track?.stand(seq, this.atOf(seq), watermark, idle);
  }

  /** The line of the partition that an entry is of; -1 where it has none. */
  laneOf(slice: LogSlice, seq: number): number {
    const entry = seq - slice.firstSeq;
    const source = slice.source[entry] ?? -1;
    return source < 0 ? -1 : this.lane(source, slice.partition?.[entry] ?? 0);
  }

  end(clock: RoundClock): void {
    const slice = defined(this.slice, 'slice');
    const own = defined(this.tracks[0], 'clock');
    for (let i = 0; i < slice.length; i++) {
      const seq = slice.firstSeq + i;
      if (seq >= this.fromSeq) own.stand(seq, slice.at[i] ?? Number.NaN, clock.after(seq), false);
    }
    this.slice = null;
  }

  take(): { readonly lines: readonly PlaneLine[]; readonly steps: readonly LineSteps[] } {
    const lines = this.tracks.slice(this.announced).map(({ line }) => line);
    this.announced = this.tracks.length;
    return { lines, steps: this.tracks.flatMap((track, i) => track.take(i) ?? []) };
  }

  private follow(track: LineTrack, { firstSeq, watermarks, idle }: Curve): void {
    for (let i = 0; i < watermarks.length; i++) {
      const seq = firstSeq + i;
      if (seq < this.fromSeq) continue;
      track.stand(seq, this.atOf(seq), watermarks[i] ?? Number.NaN, idle?.[i] === 1);
    }
  }

  private lane(source: number, partition: number): number {
    const name = source * 65_536 + partition;
    const known = this.lanes.get(name);
    if (known !== undefined) return known;
    if (this.lanes.size === MOST_PARTITIONS) return -1;
    const nodeId = this.plan.nodes[this.plan.sources[source] ?? -1]?.id ?? '';
    this.lanes.set(name, this.tracks.length);
    this.tracks.push(new LineTrack({ role: 'partition', nodeId, side: -1, partition }));
    return this.tracks.length - 1;
  }

  private atOf(seq: number): number {
    return this.slice?.at[seq - this.slice.firstSeq] ?? Number.NaN;
  }
}
