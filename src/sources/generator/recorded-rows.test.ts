import { describe, expect, it } from 'vitest';
import { rowToJson } from '../../stream/value.ts';
import { GENERATOR_SHAPES, generatorConfig } from './generator-config.ts';
import { GeneratorReader } from './generator-reader.ts';

/** FNV-1a over the text of every row with its arrival, kind and partition. */
function checksum(input: Record<string, unknown>, seed: number): string {
  const reader = new GeneratorReader({ config: generatorConfig.parse(input), timeIsArrival: false }, seed);
  let hash = 0x811c9dc5;
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
    for (let row = 0; row < chunk.length; row++) {
      const text = JSON.stringify([
        rowToJson(chunk.columns, reader.schema, row),
        chunk.at[row],
        chunk.kinds?.[row] ?? 0,
        chunk.partition?.[row] ?? 0,
      ]);
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
  }
  return (hash >>> 0).toString(16);
}

const DELAYS = ['none', 'constant', 'uniform', 'exponential', 'lognormal', 'pareto'] as const;

const PROFILES = [
  { kind: 'ramp', overMs: 20_000 },
  { kind: 'wave', periodMs: 9_000, shiftMs: 1_234 },
  { kind: 'bursts', everyMs: 7_000, forMs: 700 },
  { kind: 'wave', amplitudePercent: 33, steps: [{ afterMs: 5_000, percent: 12.5 }] },
] as const;

describe('a document with a rate profile', () => {
  it('gives the same rows on every machine', () => {
    const sums = GENERATOR_SHAPES.map((shape) => {
      const each = PROFILES.map((profile) => checksum({ shape, events: 1_500, keys: 40, profile }, 99));
      return [shape, ...each].join(' ');
    });
    expect(sums).toMatchInlineSnapshot(`
      [
        "clicks 2af0279f edfccad9 50864817 bed04b9f",
        "purchases 5b510a74 2bb81b62 cb61067 34819ede",
        "orders 3d970fab f59510ce 35f85b24 76989d5a",
        "users 9a1678f9 4512a8a8 2c0a45da bfde1fed",
        "sensors f0a8e458 ccb981f5 e37f13cb c7df109d",
        "payments 99a8c6b2 c15d4ce4 e261ddb9 96c23373",
        "people 9470381b 46b7e18e 152ad97b bc06738",
        "auctions 623be68 d33e82dc f637b751 9a63b176",
        "bids 4be7ed2 8a4363e7 231cc37a cbe45968",
      ]
    `);
  });
});

describe('a document that is older than the disorder lab', () => {
  it('gives the rows that it gave then, whatever its shape and delay', () => {
    const sums = GENERATOR_SHAPES.map((shape) => {
      const plain = checksum({ shape, events: 3_000, keys: 40 }, 7);
      const delays = DELAYS.map((distribution) =>
        checksum(
          {
            shape,
            events: 700,
            keys: 40,
            partitions: 5,
            idlePartitions: 1,
            payloadBytes: 2,
            delay: { distribution, maxMs: 20_000 },
            stragglers: { sharePercent: 3 },
          },
          12_345_678_901,
        ),
      );
      return [shape, plain, ...delays].join(' ');
    });
    expect(sums).toMatchInlineSnapshot(`
      [
        "clicks fd5e5cc7 139ea487 99f26921 826439cb 1e35db0 4fd7787e 19471b5a",
        "purchases 44077676 15370aaf 1c94a2b7 e435650b f8be173c f027b7f 394e9057",
        "orders 1524b665 eb230670 fcfc9fb 6ed48226 72eec4df a1ecfe4 e082457d",
        "users 4babc879 a5105603 7f8775ed 836f37a9 cec2acf9 6c524315 1296b30",
        "sensors 41adf788 f0aa7bc 82d63ab7 17e0d040 3fd1dbeb 24c02ba3 43ed73e5",
        "payments 7cc07a13 5d702e98 b49580aa d4f7874b 53679a71 183d723d 14a043ef",
        "people 48e13692 36c16d0e 94a2507d 9086b002 64318749 bf102f66 c19fb854",
        "auctions fa7bfad9 dc0c0cf6 601872f2 9a346464 1fc6576c 718387a3 da5470f",
        "bids a48a4c6c dfaba203 6c4ba113 311aaf1b 188761f6 5c47d8b3 8a629949",
      ]
    `);
  });
});
