import { createReadStream, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { ByteSource, Inflate } from '../sources/byte-source.ts';
import { inflateError } from '../sources/byte-source.ts';
import { UsageError } from './exit-codes.ts';
import { reasonOf } from './line-output.ts';

const CHUNK_BYTES = 1 << 18;

/** A file, or stdin for `-`, which can be read only once. */
export function fileBytes(path: string): ByteSource {
  if (path === '-') {
    return { name: 'stdin', sizeBytes: null, reread: false, chunks: () => process.stdin as AsyncIterable<Uint8Array> };
  }
  let size: number | null;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new UsageError(`${path} is a directory, not a file.`);
    size = stat.isFile() ? stat.size : null;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Cannot read ${path}: ${reasonOf(error)}.`);
  }
  return {
    name: path,
    sizeBytes: size,
    reread: size !== null,
    chunks: () =>
      size === null
        ? (createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>)
        : slicesOf(path),
  };
}

/** A file in slices, each in an array of its own. The next one is on its way while the last one is worked on. */
async function* slicesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    for (let next = readSlice(file); ;) {
      const slice = await next;
      if (slice.length === 0) return;
      next = readSlice(file);
      // Whoever stops reading early leaves a read behind that nobody waits for.
      next.catch(() => undefined);
      yield slice;
    }
  } finally {
    await file.close();
  }
}

async function readSlice(file: FileHandle): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
  return buffer.subarray(0, bytesRead);
}

/** All bytes of a small file, at most `limit` + 1 of them: enough to see that it is too large. */
export async function readAll(source: ByteSource, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of source.chunks()) {
      parts.push(chunk);
      length += chunk.length;
      if (length > limit) break;
    }
  } catch (error) {
    throw new UsageError(`Cannot read ${source.name}: ${reasonOf(error)}.`);
  }
  return Buffer.concat(parts);
}

/** Node's gzip decoder, one stream or several after another. */
export const inflate: Inflate = async function* (chunks) {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const input = Readable.from(chunks);
  // A fault of the file is that of the reader, not of the compression.
  let inputFault: unknown = null;
  input.on('error', (error) => {
    inputFault = error;
    gunzip.destroy(error);
  });
  input.pipe(gunzip);
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    if (inputFault !== null) throw inputFault instanceof Error ? inputFault : new Error(reasonOf(inputFault));
    throw inflateError(error) ?? error;
  } finally {
    input.destroy();
  }
};
