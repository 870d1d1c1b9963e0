import { z } from 'zod';
import { DURATION_LIMIT_MS } from './duration.ts';

/**
 * How a source, or an assigner in mid-stream, states watermarks. Neutral figures: the dialect's record says which
 * watermark follows from them.
 */
export const watermarkConfig = z.strictObject({
  strategy: z
    .enum(['per-event', 'periodic', 'punctuated', 'none'])
    .default('per-event')
    .meta({
      title: 'Watermark',
      description:
        'per-event: after each event that moves it. periodic: on the clock, every interval. punctuated: with the events that say so. none: only by hand, and the end of the input.',
      engineNames: { 'flink-datastream': 'WatermarkStrategy', 'flink-sql': 'scan.watermark.emit.strategy' },
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
      meaning: { text: 'W = newest − {}', atZero: 'W = newest' },
      engineNames: { 'flink-datastream': 'forBoundedOutOfOrderness', 'flink-sql': 'WATERMARK FOR ts AS ts - INTERVAL' },
      showWhen: { name: 'strategy', values: ['per-event', 'periodic', 'punctuated'] },
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
      engineNames: {
        'flink-datastream': 'setAutoWatermarkInterval',
        'flink-sql': 'pipeline.auto-watermark-interval',
      },
      showWhen: { name: 'strategy', values: ['periodic'] },
    }),
  punctuation: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .meta({
      title: 'Punctuation',
      description:
        'A BOOLEAN: a row for which it holds states its event time less the delay. Or a TIMESTAMP: the watermark itself. A row where it is NULL, or fails, states none.',
      control: 'expression',
      engineNames: { 'flink-datastream': 'WatermarkGenerator.onEvent' },
      showWhen: { name: 'strategy', values: ['punctuated'] },
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
      engineNames: { 'flink-datastream': 'withIdleness', 'flink-sql': 'table.exec.source.idle-timeout' },
    }),
  maxAheadMs: z.number().int().min(0).max(DURATION_LIMIT_MS).default(0).meta({
    title: 'Early tolerance',
    description:
      'An event that is further than this ahead of its processing time is dropped and does not move the watermark; 0 means that none is. In file order processing time is the latest event time before it, so that a gap in the data must be shorter than this.',
    unit: 'ms',
    control: 'duration',
  }),
});

export type WatermarkConfig = z.infer<typeof watermarkConfig>;
