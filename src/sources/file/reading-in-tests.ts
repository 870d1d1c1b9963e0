import type { RowKind, RowKindName } from '../../stream/row-kind.ts';
import { INSERT, ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import type { Json } from '../../stream/value.ts';
import { rowToJson } from '../../stream/value.ts';
import type { ByteSource, Inflate } from '../byte-source.ts';
import { bytesSource } from '../byte-source.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import { bindFile } from './bind-file.ts';
import type { z } from 'zod';
import { fileConfig } from './file-config.ts';
import { FileReader } from './file-reader.ts';

/** For tests only: the rows of a text, and everything else that its reader found out. */
export interface WholeFile {
  readonly rows: readonly { readonly [name: string]: Json }[];
  /** What each row does, as logs write it. */
  readonly ops: readonly RowKindName[];
  readonly ts: readonly number[];
  readonly at: readonly number[];
  readonly reader: FileReader;
}

const noInflate: Inflate = (chunks) => chunks;

/** Reads a text, or bytes, in pieces of `chunkBytes`. Throws when the configuration does not bind. */
export async function readWhole(
  text: string | Uint8Array,
  config: z.input<typeof fileConfig>,
  chunkBytes = 1 << 20,
): Promise<WholeFile> {
  const bytes = typeof text === 'string' ? encodeUtf8(text) : text;
  return readSource(bytesSource('test', bytes, chunkBytes), config, noInflate);
}

export async function readSource(
  source: ByteSource,
  config: z.input<typeof fileConfig>,
  inflate: Inflate,
): Promise<WholeFile> {
  const bound = bindFile(fileConfig.parse(config), 'event');
  if (!bound.ok) throw new Error(bound.problems.map((problem) => problem.message).join(' '));
  const reader = new FileReader(bound.value, source, { inflate, signal: null });
  const rows: { readonly [name: string]: Json }[] = [];
  const ops: RowKindName[] = [];
  const ts: number[] = [];
  const at: number[] = [];
  for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) {
    for (let i = 0; i < chunk.length; i++) rows.push(rowToJson(chunk.columns, reader.schema, i));
    for (let i = 0; i < chunk.length; i++) ops.push(ROW_KIND_NAMES[(chunk.kinds?.[i] ?? INSERT) as RowKind]);
    ts.push(...chunk.ts);
    at.push(...chunk.at);
  }
  return { rows, ops, ts, at, reader };
}
