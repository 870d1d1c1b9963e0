/** The rooms of `src/` and what each may import: the table of src/README.md, held as data. */

export const ROOMS = [
  'stream',
  'expression',
  'operators',
  'sources',
  'pipeline',
  'engine',
  'exporters',
  'worker',
  'lessons',
  'app',
  'ui',
  'cli',
  'testing',
  'main',
] as const;
export type Room = (typeof ROOMS)[number];

/** A room as a whole, or the part of it that others may see. */
export type Target =
  Exclude<Room, 'main' | 'testing'> | 'operators:definitions' | 'sources:definitions' | 'worker:client';

const definitions = ['operators:definitions', 'sources:definitions'] as const;

/** A room may always import itself. `all`: everything but `testing`, which tests alone may import. */
export const MAY_IMPORT: Readonly<Record<Room, 'all' | readonly Target[]>> = {
  stream: [],
  expression: ['stream'],
  operators: ['stream', 'expression'],
  sources: ['stream', 'expression'],
  pipeline: ['stream', 'expression', ...definitions],
  engine: ['stream', 'expression', 'operators', 'sources', 'pipeline'],
  exporters: ['stream', 'expression', ...definitions, 'pipeline'],
  worker: ['stream', 'pipeline', 'sources', 'engine'],
  lessons: ['stream', 'pipeline'],
  app: ['stream', 'expression', ...definitions, 'pipeline', 'exporters', 'lessons', 'worker:client'],
  ui: ['app', 'stream', 'expression', ...definitions],
  cli: ['stream', 'pipeline', 'sources', 'engine', 'exporters'],
  testing: 'all',
  main: 'all',
};

/** Which files of a room a partial target opens. Paths are relative to `src/`. */
const partOfRoom: Readonly<Record<string, RegExp>> = {
  'operators:definitions': /^operators\/(operator\.ts$|dialects\/|(.*\/)?([a-z-]+-)?(definitions?|faces?)\.ts$)/,
  'sources:definitions': /^sources\/(source\.ts$|(.*\/)?([a-z-]+-)?(definitions?|faces?)\.ts$)/,
  'worker:client': /^worker\/((.*\/)?[a-z-]*(client|protocol)[a-z-]*\.ts$|client\/)/,
};

export function targetHolds(target: Target, path: string): boolean {
  const part = partOfRoom[target];
  return part === undefined ? roomOf(path) === target : part.test(path);
}

/** Packages a room may name: the package itself or a path below it. Tests and `testing` may name any. */
export const MAY_USE_PACKAGES: Readonly<Record<Exclude<Room, 'testing'>, readonly string[]>> = {
  stream: ['pure-rand', 'zod'],
  expression: [],
  operators: ['zod'],
  sources: ['zod', 'pure-rand'],
  pipeline: ['zod'],
  engine: [],
  exporters: [],
  worker: ['comlink', 'zod'],
  lessons: [],
  app: ['react', 'zustand', 'zod', 'idb', '@dagrejs/dagre'],
  ui: [
    'react',
    'react-dom',
    'reactflow',
    'radix-ui',
    'lucide-react',
    'sonner',
    'zustand',
    'cmdk',
    '@codemirror',
    '@tanstack/react-virtual',
  ],
  cli: ['node:'],
  main: ['react', 'react-dom', 'zod'],
};

/** Rooms that compute: no clock, no chance, no network, no machine's time zone. */
export const PURE_ROOMS: readonly Room[] = [
  'stream',
  'expression',
  'operators',
  'sources',
  'pipeline',
  'engine',
  'exporters',
  'lessons',
];

/** Rooms whose every bit must be the same in any browser: the platform's sin, exp, log may differ in the last place. */
export const EXACT_ROOMS: readonly Room[] = ['stream', 'operators', 'sources', 'engine'];

/** Folders of `operators/` that every kind may import. */
export const SHARED_OPERATOR_FOLDERS: readonly string[] = ['dialects', 'shared'];

export const FILE_LINES_MAX = 400;

/** `main.tsx` is a room of its own; undefined for a file that lies in no room. */
export function roomOf(path: string): Room | undefined {
  if (path === 'main.tsx') return 'main';
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
  return ROOMS.find((room) => room === folder && room !== 'main');
}

export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** The folder of the operator kind that a file belongs to; undefined for registries, contract and shared parts. */
export function operatorKindOf(path: string): string | undefined {
  const [room, folder, file] = path.split('/');
  if (room !== 'operators' || folder === undefined || file === undefined) return undefined;
  return SHARED_OPERATOR_FOLDERS.includes(folder) ? undefined : folder;
}
