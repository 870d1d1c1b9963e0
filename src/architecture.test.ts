import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkArchitecture, type Rule } from './testing/architecture/check.ts';
import { compileInRoom } from './testing/architecture/room-compiler.ts';
import type { SourceText } from './testing/architecture/scan.ts';
import { PURE_ROOMS } from './testing/architecture/table.ts';

const srcPath = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');

function readSources(): SourceText[] {
  return readdirSync(srcPath, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = `${entry.parentPath}${sep}${entry.name}`;
      return { path: relative(srcPath, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
    });
}

test('every file keeps to the imports table and the rules of its room', () => {
  const { violations, importCount } = checkArchitecture(readSources());
  expect(violations.map(({ rule, path, line, message }) => `src/${path}:${line} [${rule}] ${message}`)).toEqual([]);
  expect(importCount).toBeGreaterThan(0);
});

/** Planted files, and the rules that must object to the first of them. */
interface Plant {
  readonly name: string;
  readonly rule: Rule;
  readonly files: Readonly<Record<string, string>>;
}

function plant(name: string, rule: Rule, files: Plant['files']): Plant {
  return { name, rule, files };
}

function importing(path: string, specifier: string): Plant['files'] {
  return { [path]: `import { a } from '${specifier}';\nexport const b = a;\n` };
}

const planted: readonly Plant[] = [
  plant('operators → engine', 'imports-table', importing('operators/window/kernel.ts', '../../engine/round.ts')),
  plant('stream → expression', 'imports-table', importing('stream/batch.ts', '../expression/lexer.ts')),
  plant('exporters → ui', 'imports-table', importing('exporters/beam/print.ts', '../../ui/theme/color.ts')),
  plant('app → engine', 'imports-table', importing('app/run.ts', '../engine/round.ts')),
  plant('app → worker entry', 'imports-table', importing('app/run.ts', '../worker/entry.ts')),
  plant('pipeline → an operator beyond its definition', 'imports-table', {
    ...importing('pipeline/plan.ts', '../operators/window/panes.ts'),
  }),
  plant('a type counts as an import', 'imports-table', {
    'stream/batch.ts': `import type { A } from '../engine/round.ts';\nexport type B = A;\n`,
  }),
  plant('a dynamic import counts', 'imports-table', {
    'app/run.ts': `export const load = () => import('../engine/round.ts');\n`,
  }),
  plant('an import() type counts', 'imports-table', {
    'app/run.ts': `export type R = import('../engine/round.ts').Round;\n`,
  }),
  plant('a re-export counts', 'imports-table', {
    'app/run.ts': `export const a = 1;\nexport { b } from '../engine/round.ts';\n`,
  }),
  plant('a worker URL counts', 'imports-table', {
    'ui/shell/start.ts': `export const url = new URL('../../engine/round.ts', import.meta.url);\n`,
  }),
  plant('a kind imports its sibling', 'sibling-kind', importing('operators/window/kernel.ts', '../filter/kernel.ts')),
  plant('ui → kernel', 'kernel', importing('ui/canvas/node.ts', '../../operators/filter/kernel.ts')),
  plant('app → registry of kernels', 'kernel', importing('app/run.ts', '../operators/kernels.ts')),
  plant('engine → reference', 'reference', importing('engine/run.ts', '../operators/filter/reference.ts')),
  plant('kernel → its own reference', 'reference', importing('operators/filter/kernel.ts', './reference.ts')),
  plant('engine → testing', 'testing', importing('engine/run.ts', '../testing/notation.ts')),
  plant('main → testing', 'testing', importing('main.tsx', './testing/notation.ts')),
  plant('engine → a test', 'testing', importing('engine/run.ts', './round.test.ts')),
  plant('comlink outside worker', 'package', importing('app/run.ts', 'comlink')),
  plant('React in a pure room', 'package', importing('pipeline/plan.ts', 'react')),
  plant('Node in the engine', 'package', importing('engine/run.ts', 'node:fs')),
  plant('React Flow under its second name', 'package', importing('ui/canvas/canvas.tsx', '@xyflow/react')),
  plant('an import without extension', 'specifier', importing('engine/run.ts', './round')),
  plant('an import that leaves src', 'specifier', importing('engine/run.ts', '../../e2e/bench.ts')),
  plant('an import that cannot be read', 'specifier', {
    'engine/run.ts': `export const load = (name: string) => import(name);\n`,
  }),
  plant('the page loads the engine through the worker client', 'page-reaches-engine', {
    'worker/client.ts': `import { a } from './host.ts';\nexport const b = a;\n`,
    'worker/host.ts': `import { a } from '../engine/round.ts';\nexport const b = a;\n`,
    'app/run.ts': `import { b } from '../worker/client.ts';\nexport const c = b;\n`,
  }),
  plant('two files need each other', 'cycle', {
    'engine/a.ts': `import { b } from './b.ts';\nexport const a = b;\n`,
    'engine/b.ts': `import type { A } from './a.ts';\nexport const b: A = 1;\n`,
  }),
  plant('a file needs itself through two others', 'cycle', {
    'engine/a.ts': `import { b } from './b.ts';\nexport const a = b;\n`,
    'engine/b.ts': `import { c } from './c.ts';\nexport const b = c;\n`,
    'engine/c.ts': `import { a } from './a.ts';\nexport const c = a;\n`,
  }),
  plant('an index file', 'barrel', { 'engine/index.ts': `export const a = 1;\n` }),
  plant('export *', 'barrel', { 'engine/all.ts': `export const a = 1;\nexport * from './round.ts';\n` }),
  plant('export * as', 'barrel', { 'engine/all.ts': `export const a = 1;\nexport * as b from './round.ts';\n` }),
  plant('only re-exports', 'barrel', { 'engine/all.ts': `export { a } from './round.ts';\n` }),
  plant('export default value', 'default-export', { 'engine/a.ts': `export default 1;\n` }),
  plant('export default function', 'default-export', { 'engine/a.ts': `export default function a() {}\n` }),
  plant('export as default', 'default-export', { 'engine/a.ts': `const a = 1;\nexport { a as default };\n` }),
  plant('a file in no room', 'room', { 'helpers/a.ts': `export const a = 1;\n` }),
  plant('a file beside main', 'room', { 'a.ts': `export const a = 1;\n` }),
  plant('a file of 401 lines', 'file-length', { 'ui/shell/a.ts': `export const a = 1;\n${'//\n'.repeat(400)}` }),
];

const impureCode: readonly string[] = [
  'Date.now()',
  "Date['now']()",
  "Date.parse('2024-02-30')",
  'new Date()',
  'new Date(2024, 1, 30)',
  'Date()',
  'new Date(0).getHours()',
  '(1).toLocaleString()',
  'Math.random()',
  "Math['random']()",
  '(({ random }) => random())(Math)',
  'setTimeout(() => 1, 1)',
  'setInterval(() => 1, 1)',
  "fetch('/')",
  'performance.now()',
  "eval('1')",
  "new Function('return 1')",
  'globalThis',
];

const inexactCode: readonly string[] = ['Math.sin(1)', 'Math.exp(1)', 'Math.log2(8)', 'Math.pow(2, 3)', '1.5 ** 2'];

const innocentCode: readonly string[] = [
  'new Date(0).getUTCHours()',
  'Date.UTC(2024, 1, 30)',
  'Math.floor(1.5)',
  'Math.sqrt(2)',
  '2 ** 53',
  '{ fetch: 1, performance: 2 }',
  '((source: { fetch(): number }) => source.fetch())({ fetch: () => 1 })',
];

function rulesAgainst(files: Plant['files']): Rule[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return [...new Set(checkArchitecture(sources).violations.map(({ rule }) => rule))];
}

describe('planted violations are reported', () => {
  test.each(planted)('$rule: $name', ({ rule, files }) => {
    expect(rulesAgainst(files)).toContain(rule);
  });

  test.each(PURE_ROOMS.flatMap((room) => impureCode.map((code) => ({ room, code }))))('$room: $code', (plant) => {
    expect(rulesAgainst({ [`${plant.room}/a.ts`]: `export const a = ${plant.code};\n` })).toEqual(['pure']);
  });

  test.each(inexactCode)('%s in the engine, its sources and operators; not in expressions', (code) => {
    const text = `export const a = ${code};\n`;
    for (const room of ['stream', 'engine', 'sources', 'operators']) {
      expect(rulesAgainst({ [`${room}/a.ts`]: text })).toEqual(['exact-math']);
    }
    expect(rulesAgainst({ 'expression/a.ts': text })).toEqual([]);
  });
});

describe('what is allowed is not reported', () => {
  test.each(innocentCode)('%s', (code) => {
    expect(rulesAgainst({ 'engine/a.ts': `export const a = ${code};\n` })).toEqual([]);
  });

  test('the two paths through the house', () => {
    const files = {
      ...importing('ui/canvas/canvas.tsx', '../../app/run.ts'),
      ...importing('app/run.ts', '../worker/client.ts'),
      'worker/client.ts': `import url from './entry.ts?worker&url';\nimport type { P } from './protocol.ts';\nexport const a: P = url;\n`,
      'worker/entry.ts': `import { a } from '../engine/run.ts';\nimport { expose } from 'comlink';\nexpose(a);\n`,
      ...importing('engine/run.ts', '../operators/kernels.ts'),
      ...importing('operators/kernels.ts', './window/kernel.ts'),
      ...importing('operators/window/kernel.ts', '../shared/slices.ts'),
      ...importing('pipeline/plan.ts', '../operators/definitions.ts'),
      ...importing('exporters/beam/print.ts', '../../operators/window/definition.ts'),
      ...importing('engine/run.test.ts', '../testing/notation.ts'),
      ...importing('main.tsx', './ui/shell/shell.tsx'),
    };
    expect(rulesAgainst(files)).toEqual([]);
  });
});

describe('the compiler keeps the platform out of the rooms', () => {
  const platform = ['document', 'setTimeout', 'fetch', 'performance', 'process', 'console'] as const;
  const text = platform.map((name) => `export const use_${name} = ${name};`).join('\n');

  test.each(PURE_ROOMS)('%s has no platform at all', (room) => {
    const complaints = compileInRoom(srcPath, room, text);
    for (const name of platform) expect(complaints.join('\n')).toContain(`'${name}'`);
    expect(complaints).toHaveLength(platform.length);
    expect(compileInRoom(srcPath, room, 'export const a: number = Math.floor(1.5);')).toEqual([]);
  });

  test.each([
    { room: 'worker', missing: ['document', 'process'] },
    { room: 'app', missing: ['process'] },
    { room: 'ui', missing: ['process'] },
    { room: 'cli', missing: ['document'] },
  ])('$room lacks $missing', ({ room, missing }) => {
    const complaints = compileInRoom(srcPath, room, text);
    expect(complaints).toHaveLength(missing.length);
    for (const name of missing) expect(complaints.join('\n')).toContain(`'${name}'`);
  });

  test('the strict flags hold in a room', () => {
    const loose = 'export const first = (list: string[]): string => list[0];';
    expect(compileInRoom(srcPath, 'engine', loose)).toHaveLength(1);
  });
});
