import { JavaRandom } from '../../../../src/sources/generator/nexmark/java-random.ts';
import { HOT_CHANNELS, OTHER_CHANNELS } from '../../../../src/sources/generator/nexmark/names.ts';
import { writeWords } from './text-column.ts';

const UNDERSCORE = 95;

/** A channel has the same place in both: the hot ones first. */
export interface Channels {
  readonly names: readonly string[];
  readonly urls: readonly string[];
}

let known: Channels | null = null;

/** The channels and their pages, always the same. Nine of ten of the others name the channel in their address. */
export function channels(): Channels {
  if (known !== null) return known;
  const random = new JavaRandom().seed(0);
  const names: string[] = [...HOT_CHANNELS];
  const urls = names.map(() => pageOf(random));
  for (let channel = 0; channel < OTHER_CHANNELS; channel++) {
    const page = pageOf(random);
    names.push(`channel-${channel}`);
    urls.push(random.below(10) > 0 ? `${page}&channel_id=${Math.abs(reversed(channel))}` : page);
  }
  known = { names, urls };
  return known;
}

function pageOf(random: JavaRandom): string {
  const parts = [directory(random), directory(random), directory(random)];
  return `https://www.nexmark.com/${parts.join('/')}/item.htm?query=1`;
}

function directory(random: JavaRandom): string {
  const bytes = new Uint8Array(5);
  const end = writeWords(bytes, 0, random, { most: 5, special: UNDERSCORE });
  return String.fromCharCode(...bytes.subarray(0, end));
}

/** The bits of a number the other way round, as a number with a sign. */
function reversed(value: number): number {
  let bits = 0;
  for (let i = 0; i < 32; i++) bits = (bits << 1) | ((value >>> i) & 1);
  return bits;
}
