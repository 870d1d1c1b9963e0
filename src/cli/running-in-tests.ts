import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** For tests only: the command line as a process of its own, and files for it. */

export const PROGRAM = fileURLToPath(new URL('./tidemark.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function tidemark(args: readonly string[], input: string | Uint8Array = ''): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** A directory of its own, and paths of files in it. */
export class TestFiles {
  readonly directory = mkdtempSync(join(tmpdir(), 'tidemark-'));

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Writes a file and gives its path; objects become JSON. */
  file(name: string, content: string | Uint8Array | object): string {
    const isData = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(this.path(name), isData ? content : JSON.stringify(content));
    return this.path(name);
  }

  text(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  lines<T>(name: string): readonly T[] {
    return linesOf<T>(this.text(name));
  }
}

/** NDJSON that ends with a complete line. */
export function linesOf<T>(text: string): readonly T[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new Error('the last line is not complete');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

export interface ResultLine {
  readonly seq: number;
  readonly phase: number;
  readonly node: string;
  readonly port: string;
  readonly op: string;
  readonly key: Readonly<Record<string, unknown>> | null;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string; readonly index: number } | null;
  readonly ts: number | null;
  readonly row: Readonly<Record<string, unknown>>;
}

export interface LedgerFile {
  readonly run: Readonly<Record<string, unknown>>;
  readonly nodes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Config = Readonly<Record<string, unknown>>;

/** A graph file's content. Edges as text: `a>b`, with ports where they are not `out` and `in`: `w.late>drops`. */
export function graph(
  nodes: Readonly<Record<string, readonly [type: string, config?: Config]>>,
  edges: string,
): object {
  const end = (text: string, port: string): object => {
    const [node, named] = text.split('.');
    return { node, port: named ?? port };
  };
  return {
    version: 1,
    nodes: Object.entries(nodes).map(([id, [type, config = {}]]) => ({ id, type, typeVersion: 1, config, engine: {} })),
    edges: edges.split(' ').map((edge) => {
      const [from = '', to = ''] = edge.split('>');
      return { from: end(from, 'out'), to: end(to, 'in') };
    }),
  };
}
