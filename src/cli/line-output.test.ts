import { describe, expect, it } from 'vitest';
import { Gathered } from './line-output.ts';

describe('lines on their way out', () => {
  it('are delivered in chunks of bounded size, in order, however many one round brings', async () => {
    const chunks: Buffer[] = [];
    let ended = 0;
    const output = new Gathered(
      (chunk) => Promise.resolve(chunks.push(chunk) > 0),
      () => Promise.resolve(void ended++),
    );
    const line = `${'é'.repeat(999)}\n`;
    for (let i = 0; i < 5_000; i++) output.write(line);
    expect(output.isFull).toBe(true);
    await output.close();
    expect(ended).toBe(1);
    expect(chunks.length).toBeGreaterThan(5);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(1 << 20);
    expect(chunks.every((chunk) => chunk.at(-1) === 10)).toBe(true);
    expect(Buffer.concat(chunks).equals(Buffer.from(line.repeat(5_000)))).toBe(true);
  });

  it('are no more delivered when nobody reads them, and the file is closed when it cannot be written', async () => {
    let delivered = 0;
    const gone = new Gathered(
      () => Promise.resolve(delivered++ > 0),
      () => Promise.resolve(),
    );
    for (let i = 0; i < 2_000; i++) gone.write(`${'x'.repeat(999)}\n`);
    await gone.close();
    expect([delivered, gone.isGone]).toEqual([1, true]);
    let ended = 0;
    const full = new Gathered(
      () => Promise.reject(new Error('full')),
      () => Promise.resolve(void ended++),
    );
    full.write('x\n');
    await expect(full.close()).rejects.toThrow('full');
    expect(ended).toBe(1);
  });
});
