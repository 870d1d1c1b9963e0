import type { ByteSource } from '../sources/byte-source.ts';
import type { JsonTree } from '../sources/json/json-tree.ts';
import { JsonError, jsonText, parseJsonTree } from '../sources/json/json-tree.ts';
import { LIMITS } from '../sources/limits.ts';
import { splitLines } from '../sources/text/line-splitter.ts';
import { textChunks } from '../sources/text/text-chunks.ts';
import { TextInput } from '../sources/text/text-input.ts';
import { decodeUtf8, encodeUtf8 } from '../sources/text/utf8-reader.ts';
import { inflate } from './file-bytes.ts';

/**
 * The rows that a written log holds of one source, as an NDJSON file to find columns in. `isOnly`: entries that name no
 * source are its own. Lines that are no rows are passed over: reading the log itself judges them.
 */
export function logRows(log: ByteSource, id: string, isOnly: boolean): ByteSource {
  return { name: log.name, sizeBytes: null, reread: true, chunks: () => rowsOf(log, id, isOnly) };
}

async function* rowsOf(log: ByteSource, id: string, isOnly: boolean): AsyncGenerator<Uint8Array> {
  const text = new TextInput(log, 'auto', { inflate, signal: null });
  for await (const bytes of splitLines(textChunks(text), LIMITS.recordBytes)) {
    const line = bytes === null ? null : decodeUtf8(bytes, 0, bytes.length);
    if (line === null || line.trim() === '') continue;
    const row = rowOf(line, id, isOnly);
    if (row !== null) yield encodeUtf8(`${row}\n`);
  }
}

function rowOf(text: string, id: string, isOnly: boolean): string | null {
  try {
    const tree = parseJsonTree(text);
    if (!(tree instanceof Map)) return null;
    const entry = tree as ReadonlyMap<string, JsonTree>;
    const row = entry.get('row');
    const source = entry.get('source');
    const isMine = source === undefined ? isOnly : source === id;
    return isMine && row instanceof Map ? jsonText(row as JsonTree) : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}
