import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { build } from 'vite';
import type { Mutant } from './mutant.ts';
import { plant } from './mutant.ts';

const root = process.cwd();

/** Longest that the killers may run on the engine as it is, ms. */
const ENGINE_LIMIT_MS = 900_000;
/** So much longer may they run on a mutant: a fault that makes the engine run for ever is found by this. */
const PATIENCE = 3;
const OPTIONS = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
const execute = promisify(execFile);

export interface Verdict {
  /** The law or the case that fails; null when none does. */
  readonly killedBy: string | null;
  readonly found: string | null;
  /** Why the mutant could not be judged. */
  readonly broken: string | null;
}

interface Finding {
  readonly by: string;
  readonly found: string;
}

/** How the engine fares as it is: a law that fails, the ids of the recorded cases that do, and how long all of it took. */
export interface EngineVerdict {
  readonly finding: Finding | null;
  readonly failing: readonly string[];
  readonly tookMs: number;
}

export async function judgeEngine(): Promise<EngineVerdict> {
  return await withKillers('none', [], async (program) => {
    const startMs = performance.now();
    const { stdout } = await execute(process.execPath, [program], { ...OPTIONS, timeout: ENGINE_LIMIT_MS });
    const answer = answerIn(stdout) as Omit<EngineVerdict, 'tookMs'>;
    return { ...answer, tookMs: performance.now() - startMs };
  });
}

/** What a mutant is measured by. */
export interface Measure {
  /** The file that names the cases that the engine fails as it is. */
  readonly skipped: string;
  readonly engineMs: number;
}

/** Builds the killers with a mutant planted and runs them. */
export async function judgeMutant(mutant: Mutant, measure: Measure): Promise<Verdict> {
  const planted = plant(mutant, readFileSync(`${root}/${mutant.file}`, 'utf8'));
  if ('broken' in planted) return brokenBecause(planted.broken);
  let isPlanted = false;
  const planting = planter(mutant, () => (isPlanted = true));
  return await withKillers(mutant.id, [planting], async (program) =>
    isPlanted
      ? await run([program, measure.skipped, mutant.file], Math.ceil(PATIENCE * measure.engineMs))
      : brokenBecause(`no killer reaches ${mutant.file}`),
  );
}

async function withKillers<T>(
  name: string,
  plugins: readonly Plugin[],
  task: (program: string) => Promise<T>,
): Promise<T> {
  const outDir = `${root}/.build/mutants/${String(process.pid)}-${name}`;
  try {
    await build({
      root,
      mode: 'mutants/killers',
      configFile: `${root}/vite.config.ts`,
      logLevel: 'error',
      plugins: [...plugins],
      build: { outDir, sourcemap: false },
    });
    return await task(`${outDir}/main.js`);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function brokenBecause(broken: string): Verdict {
  return { killedBy: null, found: null, broken };
}

function planter(mutant: Mutant, planted: () => void): Plugin {
  const path = fileURLToPath(new URL(mutant.file, `file://${root}/`));
  return {
    name: 'tidemark-mutant',
    enforce: 'pre',
    transform(code, id) {
      if (id !== path) return null;
      const result = plant(mutant, code);
      if ('broken' in result) this.error(result.broken);
      planted();
      return { code: result.text, map: null };
    },
  };
}

async function run(args: readonly string[], timeout: number): Promise<Verdict> {
  try {
    const { stdout } = await execute(process.execPath, [...args], { ...OPTIONS, timeout });
    const { finding } = answerIn(stdout) as { readonly finding: Finding | null };
    return { killedBy: finding?.by ?? null, found: finding?.found ?? null, broken: null };
  } catch (error) {
    const { killed, stderr, code, signal } = error as Failure;
    // It never ran.
    if (killed !== true && typeof code !== 'number' && !signal) return brokenBecause(String(error));
    const killedBy = killed === true ? 'the run does not end' : 'the run breaks off';
    return { killedBy, found: stderr ?? String(error), broken: null };
  }
}

/** What became of a program that failed: `code` is a number where it ran and ended. */
interface Failure {
  readonly killed?: boolean;
  readonly stderr?: string;
  readonly code?: number | string | null;
  readonly signal?: string | null;
}

function answerIn(stdout: string): unknown {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
