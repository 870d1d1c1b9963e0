import type { PartitionMove } from '../probe.ts';
import type { WatermarkOutputMultiplexer } from './watermark-multiplexer.ts';

interface Standing {
  watermark: number;
  idle: boolean;
}

/** Tells where the partitions of a source stand whenever one of them has moved. Keeps nothing that a run goes by. */
export class PartitionWatch {
  private readonly told = new Map<number, Standing>();
  private readonly multiplexer: WatermarkOutputMultiplexer;
  private readonly tell: (move: PartitionMove) => void;

  constructor(multiplexer: WatermarkOutputMultiplexer, tell: (move: PartitionMove) => void) {
    this.multiplexer = multiplexer;
    this.tell = tell;
  }

  lookAtAll(seq: number, partitions: Iterable<number>): void {
    for (const partition of partitions) this.lookAt(seq, partition);
  }

  lookAt(seq: number, partition: number): void {
    const { watermark, idle } = this.multiplexer.channel(partition);
    const told = this.told.get(partition);
    if (told === undefined) this.told.set(partition, { watermark, idle });
    else if (told.watermark === watermark && told.idle === idle) return;
    else {
      told.watermark = watermark;
      told.idle = idle;
    }
    this.tell({ seq, partition, watermark, idle });
  }
}
