import type { Problem } from '../../stream/problem.ts';
import { LIMITS } from '../../pipeline/limits.ts';
import { checksumOf } from '../documents/stored-document.ts';
import { inflate } from './inflate.ts';
import { SHARE_PREFIX as PREFIX } from './share-hash.ts';

/**
 * A graph in the part of an address behind `#`, which no server is ever sent: `#g=1.<checksum>.<text>`. The text of the
 * document, deflated without a header, in base64url; the checksum tells a cut or mistyped link from a whole one.
 */
const VERSION = '1';

/** Longer ones are cut by too many programs on the way. */
export const LINK_CHARS_MAX = 200_000;

export type Unpacked = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem };

export async function packLink(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return `${PREFIX}${VERSION}.${checksumOf(text).toString(36)}.${toBase64Url(bytes)}`;
}

/** Of a stranger's link nothing is trusted: its length, and what it inflates to, are limited before anything is read. */
export async function unpackLink(hash: string): Promise<Unpacked> {
  if (hash.length > LINK_CHARS_MAX) {
    const message = `The link has ${count(hash.length)} characters; a link has at most ${count(LINK_CHARS_MAX)}.`;
    return refuse('link-too-long', message, 'Ask for the graph as a file, and import it.');
  }
  const [version, checksum = '', data = '', ...rest] = hash.slice(PREFIX.length).split('.');
  if (version !== VERSION && /^\d{1,6}$/.test(version ?? '')) {
    return refuse('link-version', `The link is of version ${version}; this page knows version ${VERSION}.`, NEWER);
  }
  const bytes = version === VERSION && rest.length === 0 ? fromBase64Url(data) : null;
  if (bytes === null) return damaged('It is no graph’s address.');
  const inflated = await inflate(bytes, LIMITS.documentBytes);
  if (inflated === 'too-large') {
    const message = `What the link holds is larger than ${count(LIMITS.documentBytes)} bytes, the most that a document has.`;
    return refuse('link-too-large', message, 'It was not unpacked any further. Ask its author for a smaller graph.');
  }
  const text = inflated === 'damaged' ? null : decoded(inflated);
  if (text === null || checksumOf(text).toString(36) !== checksum)
    return damaged('A part of it is missing or changed.');
  return { ok: true, text };
}

const NEWER = 'Reload the page for the newest Tidemark, or ask for the graph as a file.';

function damaged(why: string): Unpacked {
  const fix = 'Copy the whole link again; mail and chat programs break long ones. Or ask for the graph as a file.';
  return refuse('link-damaged', `The link is cut or damaged. ${why}`, fix);
}

function refuse(code: string, message: string, fix: string): Unpacked {
  return { ok: false, problem: { code, severity: 'error', path: '', nodeId: null, message, fix } };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function count(n: number): string {
  return n.toLocaleString('en');
}
