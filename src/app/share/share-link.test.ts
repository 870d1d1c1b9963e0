import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../pipeline/templates/gallery.ts';
import { writeDocument } from '../../pipeline/write-document.ts';
import { inflate } from './inflate.ts';
import { isShareHash } from './share-hash.ts';
import { LINK_CHARS_MAX, packLink, unpackLink } from './share-link.ts';

const text = writeDocument(GALLERY[0]!.document);

async function codeOf(link: string): Promise<string> {
  const unpacked = await unpackLink(link);
  return unpacked.ok ? 'ok' : unpacked.problem.code;
}

describe('a share link', () => {
  it('carries every template as it is, and stays short', async () => {
    for (const { document } of GALLERY) {
      const whole = writeDocument(document);
      const link = await packLink(whole);
      expect(isShareHash(link)).toBe(true);
      expect(link).toMatch(/^#g=1\.[0-9a-z]+\.[\w-]+$/);
      expect(await unpackLink(link)).toEqual({ ok: true, text: whole });
      expect(link.length).toBeLessThan(8_000);
    }
  });

  it('carries any text', async () => {
    const anyText = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(anyText, async (each) => {
        expect(await unpackLink(await packLink(each))).toEqual({ ok: true, text: each });
      }),
    );
  });

  it('is refused wherever it is cut', async () => {
    const link = await packLink(text);
    for (let end = '#g='.length; end < link.length; end += 7) {
      expect([end, await codeOf(link.slice(0, end))]).toEqual([end, expect.stringMatching(/^link-/)]);
    }
  });

  it('gives no other text when a sign of it is another, or is left out', async () => {
    const link = await packLink(text);
    let refused = 0;
    for (let at = '#g=1.'.length; at < link.length; at += 3) {
      const other = link[at] === 'A' ? 'B' : 'A';
      for (const changed of [link.slice(0, at) + other + link.slice(at + 1), link.slice(0, at) + link.slice(at + 1)]) {
        const unpacked = await unpackLink(changed);
        // The last signs may hold bits that mean nothing.
        if (unpacked.ok) expect(unpacked.text).toBe(text);
        else refused++;
      }
    }
    expect(refused).toBeGreaterThan((2 * (link.length - 20)) / 3);
  });

  it.each([
    ['#g=', 'link-damaged'],
    ['#g=hello', 'link-damaged'],
    ['#g=1..', 'link-damaged'],
    ['#g=1.abc.<script>', 'link-damaged'],
    ['#g=2.abc.AAAA', 'link-version'],
    [`#g=1.a.${'A'.repeat(LINK_CHARS_MAX)}`, 'link-too-long'],
  ])('like %.30s says what is wrong and what to do', async (link, code) => {
    const unpacked = await unpackLink(link);
    expect(unpacked.ok).toBe(false);
    if (unpacked.ok) return;
    expect(unpacked.problem.code).toBe(code);
    expect(unpacked.problem.fix).not.toBe('');
  });

  it('that inflates to 100 MB is stopped at the limit of a document', async () => {
    const bomb = deflateRawSync(Buffer.alloc(100_000_000, 'a'), { level: 9 });
    const link = `#g=1.a.${bomb.toString('base64url')}`;
    expect(link.length).toBeLessThan(LINK_CHARS_MAX);
    expect(await codeOf(link)).toBe('link-too-large');
  });
});

describe('inflating', () => {
  it('gives what was deflated, up to the limit and no byte more', async () => {
    const bytes = Buffer.from('tide '.repeat(1000));
    const deflated = new Uint8Array(deflateRawSync(bytes));
    expect(Buffer.from((await inflate(deflated, bytes.length)) as Uint8Array).equals(bytes)).toBe(true);
    expect(await inflate(deflated, bytes.length - 1)).toBe('too-large');
  });

  it('holds little more than the limit of what a bomb would give', async () => {
    const bomb = new Uint8Array(deflateRawSync(Buffer.alloc(100_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect(await inflate(bomb, 5_000_000)).toBe('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
  });
});
