import { partitionHash, partitionOfKey } from '../partitions.ts';
import type { GeneratorConfig } from './generator-config.ts';

/** In which partition the rows of a key are, the same for every source with that seed and those partitions. */
export function partitionsBySeed(config: GeneratorConfig, seed: number): (key: number) => number {
  const { partitions, idlePartitions, partitionSkewPercent } = config;
  const active = partitions - idlePartitions;
  if (partitionSkewPercent === 0 || active < 2) return (key) => partitionOfKey(key, seed, active);
  const bounds = skewedBounds(active, 1 - partitionSkewPercent / 100);
  return (key) => {
    const place = partitionHash(key, seed) / 4294967296;
    const partition = bounds.findIndex((bound) => place < bound);
    return partition < 0 ? active - 1 : partition;
  };
}

/** Running sums of the shares of partitions of which each has `factor` times as many keys as the one before. */
function skewedBounds(count: number, factor: number): readonly number[] {
  const shares: number[] = [1];
  for (let i = 1; i < count; i++) shares.push((shares[i - 1] ?? 0) * factor);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  return shares.map((share) => (sum += share / total));
}
