import {
  EXACT_ROOMS,
  FILE_LINES_MAX,
  isTestFile,
  MAY_IMPORT,
  MAY_USE_PACKAGES,
  operatorKindOf,
  PURE_ROOMS,
  roomOf,
  targetHolds,
} from './table.ts';
import { scanFile, type ImportLine, type ScannedFile, type SourceText } from './scan.ts';

export type Rule =
  | 'room'
  | 'imports-table'
  | 'specifier'
  | 'package'
  | 'sibling-kind'
  | 'kernel'
  | 'reference'
  | 'testing'
  | 'page-reaches-engine'
  | 'cycle'
  | 'barrel'
  | 'default-export'
  | 'pure'
  | 'exact-math'
  | 'file-length';

export interface Violation {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface Verdict {
  readonly violations: readonly Violation[];
  /** A checker that sees nothing finds nothing: the test asserts that this is not 0. */
  readonly importCount: number;
}

type Report = (rule: Rule, line: number, message: string) => void;

/** Judges all files of `src/` at once: cycles and reach need the whole graph. */
export function checkArchitecture(sources: readonly SourceText[]): Verdict {
  const files = sources.map(scanFile);
  const violations: Violation[] = [];
  for (const file of files) {
    const report: Report = (rule, line, message) => violations.push({ rule, path: file.path, line, message });
    checkForm(file, report);
    if (!isTestFile(file.path)) checkImports(file, report);
  }
  const edges = new Map(files.filter(({ path }) => !isTestFile(path)).map((file) => [file.path, edgesOf(file)]));
  violations.push(...cycles(edges), ...pageReach(edges));
  return { violations, importCount: files.reduce((sum, file) => sum + file.imports.length, 0) };
}

/** What a file may look like, wherever it imports from. */
function checkForm(file: ScannedFile, report: Report): void {
  const room = roomOf(file.path);
  const isTest = isTestFile(file.path);
  if (room === undefined && !(isTest && !file.path.includes('/'))) report('room', 1, 'lies in no room of the table');
  if (/(^|\/)index\.[jt]sx?$/.test(file.path)) report('barrel', 1, 'index files hide where a name comes from');
  if (file.isBarrel) report('barrel', 1, 'only re-exports: import from the file that has the name');
  for (const { line, what } of file.starExports) report('barrel', line, what);
  for (const { line, what } of file.defaultExports) report('default-export', line, what);
  if (isTest || room === undefined) return;
  if (PURE_ROOMS.includes(room)) for (const { line, what } of file.impurities) report('pure', line, what);
  if (EXACT_ROOMS.includes(room)) for (const { line, what } of file.inexactMath) report('exact-math', line, what);
  if (file.lineCount > FILE_LINES_MAX) report('file-length', FILE_LINES_MAX + 1, `${file.lineCount} lines`);
}

function checkImports(file: ScannedFile, report: Report): void {
  for (const line of file.imports) {
    const specifier = line.specifier;
    if (specifier === undefined) report('specifier', line.line, 'not a literal, so it cannot be checked');
    else if (specifier.startsWith('.')) checkRelativeImport(file, line, report);
    else checkPackage(file.path, { specifier, line: line.line }, report);
  }
}

function checkRelativeImport(file: ScannedFile, { line, specifier = '' }: ImportLine, report: Report): void {
  const to = resolve(file.path, specifier);
  if (!/\.[a-z]+$/.test(to)) report('specifier', line, `${specifier} lacks its extension`);
  if (to.startsWith('..')) {
    report('specifier', line, `${specifier} leaves src`);
    return;
  }
  const from = roomOf(file.path);
  const target = roomOf(to);
  if (from === undefined) return;
  if (isTestFile(to)) report('testing', line, `${to} is a test`);
  if (target === 'testing' && from !== 'testing') report('testing', line, `${to} is for tests only`);
  else if (target !== from && from !== 'testing') {
    const allowed = MAY_IMPORT[from];
    const mayImport = allowed === 'all' || allowed.some((part) => targetHolds(part, to));
    if (!mayImport) report('imports-table', line, `${from} may not import ${to}`);
  }
  checkOperatorParts(file.path, { to, line }, report);
}

/** Kinds stand alone; kernels are for the engine, references for tests. */
function checkOperatorParts(from: string, { to, line }: { to: string; line: number }, report: Report): void {
  const room = roomOf(from);
  if (room === 'testing' || room === 'main') return;
  const fromKind = operatorKindOf(from);
  const toKind = operatorKindOf(to);
  if (fromKind !== undefined && toKind !== undefined && fromKind !== toKind) {
    report('sibling-kind', line, `operators/${fromKind} may not import operators/${toKind}`);
  }
  if (isKernel(to) && room !== 'operators' && room !== 'engine') report('kernel', line, `${to} is for the engine`);
  if (isReference(to) && !isReference(from)) report('reference', line, `${to} is for tests`);
}

function isKernel(path: string): boolean {
  return /^operators\/(.*\/)?kernels?\.ts$/.test(path);
}

function isReference(path: string): boolean {
  return /^operators\/(.*\/)?references?(-[a-z-]+)?\.ts$/.test(path);
}

function checkPackage(path: string, { specifier, line }: { specifier: string; line: number }, report: Report): void {
  const room = roomOf(path);
  if (room === undefined) return;
  if (specifier.startsWith('@xyflow/react')) report('package', line, "say 'reactflow': a second name bundles it twice");
  else if (room !== 'testing') {
    const isAllowed = MAY_USE_PACKAGES[room].some(
      (name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
    );
    if (!isAllowed) report('package', line, `${room} may not use the package ${specifier}`);
  }
}

/** The path under `src/` that a relative specifier names, without its query. */
function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of (specifier.split('?')[0] ?? '').split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

interface Edge {
  readonly to: string;
  readonly line: number;
  /** The importing file loads the other one into its own bundle. */
  readonly isLoaded: boolean;
}

function edgesOf(file: ScannedFile): Edge[] {
  return file.imports.flatMap(({ specifier, line, isTypeOnly }) => {
    if (specifier?.startsWith('.') !== true) return [];
    return [{ to: resolve(file.path, specifier), line, isLoaded: !isTypeOnly && !specifier.includes('?worker') }];
  });
}

/** Each cycle once, types included: two files that need each other are one file, or need a third. */
function cycles(edges: ReadonlyMap<string, readonly Edge[]>): Violation[] {
  const found: Violation[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  const walk = (path: string): void => {
    trail.push(path);
    for (const { to, line } of edges.get(path) ?? []) {
      const start = trail.indexOf(to);
      if (start >= 0) {
        found.push({ rule: 'cycle', path, line, message: [...trail.slice(start), to].join(' → ') });
      } else if (!finished.has(to) && edges.has(to)) walk(to);
    }
    trail.pop();
    finished.add(path);
  };
  for (const path of edges.keys()) if (!finished.has(path)) walk(path);
  return found;
}

/** The engine runs in the worker: no chain of loaded imports may pull it, or a kernel, into the page. */
function pageReach(edges: ReadonlyMap<string, readonly Edge[]>): Violation[] {
  const found: Violation[] = [];
  const seen = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    seen.add(path);
    for (const { to, line, isLoaded } of edges.get(path) ?? []) {
      if (!isLoaded || seen.has(to)) continue;
      const isForbidden = roomOf(to) === 'engine' || isKernel(to) || isReference(to);
      const message = [...trail, path, to].join(' → ');
      if (isForbidden) found.push({ rule: 'page-reaches-engine', path, line, message });
      else walk(to, [...trail, path]);
    }
  };
  for (const path of edges.keys()) {
    const room = roomOf(path);
    if ((room === 'app' || room === 'ui') && !seen.has(path)) walk(path, []);
  }
  return found;
}
