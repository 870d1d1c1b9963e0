import type { DelayPicture } from '../sources/generator/delay-picture.ts';

export type { DelayBin, DelayPicture, PartitionPicture } from '../sources/generator/delay-picture.ts';

/** What the lab asks of the engine's thread beside the run; a run is not touched by it. */
export interface LabControl {
  /** How late the first events of a generator come; null where its configuration cannot be used. */
  sampleDelays(request: DelayRequest): Promise<DelayPicture | null>;
}

export interface DelayRequest {
  readonly config: Readonly<Record<string, unknown>>;
  readonly seed: number;
}
