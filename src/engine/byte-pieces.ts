import { Random } from '../stream/random.ts';

/** Bytes in pieces; two of them may have pieces in common. */
export interface BytePieces {
  readonly pieces: readonly Uint8Array[];
  /** Of all pieces. */
  readonly bytes: number;
}

const LEAST = 1024;
const MOST = 32 * 1024;
/** One place in 4096 ends a piece: where the uppermost bits of the hash are all 0. */
const SHIFT = 20;

const random = new Random(20261);
/** A number without meaning for each byte. */
const gear = Int32Array.from({ length: 256 }, () => random.uint32());

/**
 * Cuts bytes where a hash of the last ones says so: what stands in both, though it be further on, is cut alike, and is the
 * earlier one's piece. (Content-defined chunking with a gear hash: Xia et al., FastCDC, USENIX ATC 2016.)
 */
export function inPieces(whole: Uint8Array, earlier: BytePieces | null): BytePieces {
  const known = new Map<number, Uint8Array>();
  for (const piece of earlier?.pieces ?? []) known.set(nameOf(piece, 0, piece.length), piece);
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < whole.length;) {
    const to = endOfPiece(whole, from);
    const old = known.get(nameOf(whole, from, to));
    if (old !== undefined && isAt(whole, from, to, old)) pieces.push(old);
    else pieces.push(whole.slice(from, to));
    from = to;
  }
  return { pieces, bytes: whole.length };
}

/** In one array of its own. */
export function inOne({ pieces, bytes }: BytePieces): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function endOfPiece(whole: Uint8Array, from: number): number {
  const most = Math.min(whole.length, from + MOST);
  let hash = 0;
  // Of the hash of 32 bytes nothing older is left.
  for (let at = Math.min(most, from + LEAST - 32); at < most;) {
    hash = ((hash << 1) + (gear[whole[at++] ?? 0] ?? 0)) | 0;
    if (hash >>> SHIFT === 0 && at >= from + LEAST) return at;
  }
  return most;
}

/** Goes by the last bytes and the length. */
function nameOf(whole: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let at = Math.max(from, to - 32); at < to; at++) hash = ((hash << 1) + (gear[whole[at] ?? 0] ?? 0)) | 0;
  return (hash >>> 0) * 2 * MOST + (to - from);
}

function isAt(whole: Uint8Array, from: number, to: number, piece: Uint8Array): boolean {
  if (piece.length !== to - from) return false;
  for (let i = 0; i < piece.length; i++) if (whole[from + i] !== piece[i]) return false;
  return true;
}
