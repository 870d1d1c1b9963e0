const MIB = 1024 * 1024;

/** Where nothing is known of the machine. */
export const DEFAULT_POINT_BYTES = 128 * MIB;

/**
 * Bytes that may be kept to go back by: a thirty-second of the machine's memory, 64 to 256 MiB. `memoryGib` as the browser
 * tells it, in steps, at most 8 or 32; it says nothing in some.
 */
export function pointBytesFor(memoryGib: number | undefined): number {
  if (memoryGib === undefined) return DEFAULT_POINT_BYTES;
  return Math.min(256, Math.max(64, memoryGib * 32)) * MIB;
}
