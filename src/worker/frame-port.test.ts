import { expect, test } from 'vitest';
import { FramePort, transferables } from './frame-port.ts';
import type { Frame } from './protocol.ts';

const frame: Frame = {
  run: 1,
  jumps: 0,
  through: null,
  stop: null,
  status: { kind: 'running' },
  position: { seq: 3, rows: 2, totalRows: null, progress: null, rowsPerSec: 0 },
  clocks: { maxEventTimeMs: 1, watermarkMs: null, processingTimeMs: 2 },
  nodes: [],
  edges: [],
  charts: [
    {
      nodeId: 'w',
      chart: 'drops',
      data: {
        reasons: {},
        windowStartMs: Float64Array.of(1),
        windowEndMs: Float64Array.of(2),
        windowCounts: Float64Array.of(3),
        intervalMs: 1_000,
        atMs: Float64Array.of(0),
        counts: Float64Array.of(3),
      },
    },
  ],
  results: null,
  table: null,
  drops: null,
  plane: null,
};

test('a frame is ready again only when the page gave its credit back', () => {
  const posted: unknown[] = [];
  const channel = {
    onmessage: null as ((event: MessageEvent) => void) | null,
    postMessage: (message: unknown) => posted.push(message),
  };
  let credits = 0;
  const port = new FramePort(channel, () => credits++);
  expect(port.isReady).toBe(true);
  port.post(frame);
  expect(port.isReady).toBe(false);
  channel.onmessage?.({ data: { credit: 0 } } as MessageEvent);
  expect(port.isReady).toBe(false);
  channel.onmessage?.({ data: { credit: 1 } } as MessageEvent);
  expect(port.isReady).toBe(true);
  expect(posted).toEqual([frame]);
  expect(credits).toBe(1);
});

test('typed arrays are transferred: the sender has none of them left', async () => {
  const copy = structuredClone(frame);
  expect(transferables(copy)).toHaveLength(5);
  const { port1, port2 } = new MessageChannel();
  const received = new Promise<Frame>((resolve) => {
    port2.onmessage = ({ data }: MessageEvent<Frame>) => resolve(data);
  });
  new FramePort(port1, () => undefined).post(copy);
  const arrived = await received;
  expect(arrived).toEqual(frame);
  const sent = copy.charts[0]!;
  expect(sent.chart === 'drops' && sent.data.counts.length).toBe(0);
  port1.close();
  port2.close();
});
