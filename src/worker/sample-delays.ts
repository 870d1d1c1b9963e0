import { DelaySampler } from '../sources/generator/delay-picture.ts';
import { generatorConfig } from '../sources/generator/generator-config.ts';
import { rateProblems } from '../sources/generator/generator-problems.ts';
import { GeneratorReader } from '../sources/generator/generator-reader.ts';
import type { DelayPicture, DelayRequest } from './lab-protocol.ts';
import { yieldToMessages } from './yield-to-messages.ts';

const SAMPLE_ROWS = 20_000;
const CHUNK_ROWS = 1_024;

/** Runs the generator itself over its first events, in short turns. */
export async function sampleDelays({ config, seed }: DelayRequest): Promise<DelayPicture | null> {
  const parsed = generatorConfig.safeParse(config);
  if (!parsed.success || rateProblems(parsed.data.profile).length > 0) return null;
  const { watermark, partitions, events } = parsed.data;
  const few = { ...parsed.data, events: Math.min(events, SAMPLE_ROWS) };
  const reader = new GeneratorReader({ config: few, timeIsArrival: false }, seed, CHUNK_ROWS);
  const { delayMs, strategy } = watermark;
  const sampler = new DelaySampler({ partitions, delayMs, isPerEvent: strategy === 'per-event' });
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
    sampler.add(chunk);
    await yieldToMessages();
  }
  return sampler.picture();
}
