import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { build } from 'vite';
import type { Mutant } from './mutant.ts';
import { plant } from './mutant.ts';

const root = process.cwd();

/** Longest that the killers may run on one mutant, ms. A fault that makes the engine run for ever is found by this. */
const PATIENCE_MS = 120_000;
const OPTIONS = { cwd: root, timeout: PATIENCE_MS, maxBuffer: 64 * 1024 * 1024 };
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

/** How the engine fares as it is: a law that fails, and the ids of the recorded cases that do. */
export async function judgeEngine(): Promise<{
  readonly finding: Finding | null;
  readonly failing: readonly string[];
}> {
  return await withKillers('none', [], async (program) => {
    const { stdout } = await execute(process.execPath, [program], OPTIONS);
    return answerIn(stdout) as { readonly finding: Finding | null; readonly failing: readonly string[] };
  });
}

/** Builds the killers with a mutant planted and runs them, but for the cases that the file at `skipped` names. */
export async function judgeMutant(mutant: Mutant, skipped: string): Promise<Verdict> {
  const planted = plant(mutant, readFileSync(`${root}/${mutant.file}`, 'utf8'));
  if ('broken' in planted) return brokenBecause(planted.broken);
  let isPlanted = false;
  const planting = planter(mutant, () => (isPlanted = true));
  return await withKillers(mutant.id, [planting], async (program) =>
    isPlanted ? await run(program, skipped) : brokenBecause(`no killer reaches ${mutant.file}`),
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

async function run(program: string, skipped: string): Promise<Verdict> {
  try {
    const { stdout } = await execute(process.execPath, [program, skipped], OPTIONS);
    const { finding } = answerIn(stdout) as { readonly finding: Finding | null };
    return { killedBy: finding?.by ?? null, found: finding?.found ?? null, broken: null };
  } catch (error) {
    const { killed, stderr } = error as { readonly killed?: boolean; readonly stderr?: string };
    const killedBy = killed === true ? 'the run does not end' : 'the run breaks off';
    return { killedBy, found: stderr ?? String(error), broken: null };
  }
}

function answerIn(stdout: string): unknown {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
