import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReceivedFile } from './weigh.ts';
import { SCRIPT_MAX_BYTES, weigh } from './weigh.ts';

/** Random bytes: gzip makes them no smaller. */
function file(name: string, bytes: number, type = 'text/javascript'): ReceivedFile {
  return { name, type, content: randomBytes(bytes) };
}

describe('the budget', () => {
  it('counts scripts gzipped, page and worker', () => {
    const zeros = { name: 'zeros.js', type: 'text/javascript; charset=utf-8', content: Buffer.alloc(1_000_000) };
    const { gzipBytes, fits } = weigh([zeros, file('engine.worker.js', 100_000, 'application/javascript')]);
    expect(gzipBytes).toBeGreaterThan(100_000);
    expect(gzipBytes).toBeLessThan(110_000);
    expect(fits).toBe(true);
  });

  it('is broken by the first script too many', () => {
    const page = file('page.js', SCRIPT_MAX_BYTES - 10_000);
    expect(weigh([page]).fits).toBe(true);
    expect(weigh([page, file('planted.js', 20_000)]).fits).toBe(false);
  });

  it('counts no script twice, and nothing else', () => {
    const page = file('page.js', 50_000);
    const rest = [file('style.css', 500_000, 'text/css'), file('data.json', 500_000, 'application/json')];
    expect(weigh([page, page, ...rest]).scripts.map(({ name }) => name)).toEqual(['page.js']);
  });

  it('is not kept by a page that loaded nothing', () => {
    expect(weigh([]).fits).toBe(false);
  });
});
