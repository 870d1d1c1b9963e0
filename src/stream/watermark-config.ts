import { z } from 'zod';
import { DURATION_LIMIT_MS } from './duration.ts';

/**
 * How a source, or an assigner in mid-stream, states watermarks. Neutral figures: the dialect's record says which
 * watermark follows from them.
 */
export const watermarkConfig = z.strictObject({
  strategy: z
    .enum(['per-event', 'periodic', 'none'])
    .default('per-event')
    .meta({
      title: 'Watermark',
      description:
        'per-event: after each event that moves it. periodic: on the clock, every interval. none: only the end of the input.',
      engineNames: { 'flink-datastream': 'WatermarkStrategy' },
    }),
  delayMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(5000)
    .meta({
      title: 'Watermark delay',
      description: 'How far behind the newest event time the watermark stays: the disorder that is waited for.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'forBoundedOutOfOrderness' },
      showWhen: { name: 'strategy', values: ['per-event', 'periodic'] },
    }),
  intervalMs: z
    .number()
    .int()
    .min(1)
    .max(DURATION_LIMIT_MS)
    .default(200)
    .meta({
      title: 'Interval',
      description: 'Processing time between two watermarks.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'setAutoWatermarkInterval' },
      showWhen: { name: 'strategy', values: ['periodic'] },
    }),
  idleMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Idle after',
      description:
        'After this long without an event the source no longer holds back the watermark of others; 0 means never.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'withIdleness' },
    }),
});

export type WatermarkConfig = z.infer<typeof watermarkConfig>;
