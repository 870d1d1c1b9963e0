import type { Encoding } from '../file/file-config.ts';

/** What the first bytes of a file give away. */
export interface Content {
  readonly gzip: boolean;
  /** What the file is, when it is nothing that can be read here: `zip`, `parquet`, …; null otherwise. */
  readonly foreign: ForeignContent | null;
}

export interface ForeignContent {
  readonly name: string;
  readonly fix: string;
}

const UNPACK = 'Unpack it and choose the file inside. Of a workbook (xlsx), save a sheet as CSV.';
const CONVERT = 'Convert it to CSV or NDJSON, for example with DuckDB.';
const DECOMPRESS = 'Decompress it, or compress it with gzip instead.';

const FOREIGN: readonly (readonly [string, readonly number[], string])[] = [
  ['a zip archive (or xlsx, ods, docx)', [0x50, 0x4b, 0x03, 0x04], UNPACK],
  ['an empty zip archive', [0x50, 0x4b, 0x05, 0x06], UNPACK],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31], CONVERT],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01], CONVERT],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], CONVERT],
  ['an ORC file', [0x4f, 0x52, 0x43], CONVERT],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], CONVERT],
  ['a Zstandard file', [0x28, 0xb5, 0x2f, 0xfd], DECOMPRESS],
  ['an xz file', [0xfd, 0x37, 0x7a, 0x58, 0x5a], DECOMPRESS],
  ['a bzip2 file', [0x42, 0x5a, 0x68], DECOMPRESS],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], UNPACK],
  ['an old Excel workbook (xls)', [0xd0, 0xcf, 0x11, 0xe0], UNPACK],
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], 'Choose the data that it was made from.'],
];

export function contentOf(head: Uint8Array): Content {
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const known = FOREIGN.find(([, magic]) => magic.every((byte, i) => head[i] === byte));
  return { gzip, foreign: known === undefined ? null : { name: known[0], fix: known[2] } };
}

/** Whether decoded text is none at all: more than a tenth of its first bytes are control characters. */
export function looksBinary(head: Uint8Array): boolean {
  const length = Math.min(head.length, 4096);
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = head[i] ?? 0;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) controls++;
  }
  return controls * 10 > length;
}

/** The encoding that a byte order mark, or a zero in every second byte, gives away; null when nothing does. */
export function encodingOf(head: Uint8Array): { readonly encoding: Encoding; readonly markBytes: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const length = Math.min(head.length & ~1, 400);
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (length >= 8 && odd * 5 > length * 2 && even === 0) return { encoding: 'utf-16le', markBytes: 0 };
  if (length >= 8 && even * 5 > length * 2 && odd === 0) return { encoding: 'utf-16be', markBytes: 0 };
  return null;
}
