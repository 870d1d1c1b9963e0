import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { build } from 'vite';
import type { Mutant } from './mutant.ts';
import { plant } from './mutant.ts';

const root = process.cwd();

/** Longest that the killers may run on one mutant, ms. A fault that makes the engine run for ever is found by this. */
const PATIENCE_MS = 120_000;

export interface Verdict {
  /** The law or the case that fails; null when none does. */
  readonly killedBy: string | null;
  readonly found: string | null;
  /** Why the mutant could not be judged. */
  readonly broken: string | null;
}

/** Builds the killers with a mutant planted, or as they are, and runs them. */
export async function judgeMutant(mutant: Mutant | null): Promise<Verdict> {
  const name = mutant?.id ?? 'none';
  const outDir = `${root}/.build/mutants/${String(process.pid)}-${name}`;
  try {
    if (mutant !== null) {
      const planted = plant(mutant, readFileSync(`${root}/${mutant.file}`, 'utf8'));
      if ('broken' in planted) return brokenBecause(planted.broken);
    }
    let isPlanted = mutant === null;
    const planting = mutant === null ? [] : [planter(mutant, () => (isPlanted = true))];
    await build({
      root,
      mode: 'mutants/killers',
      configFile: `${root}/vite.config.ts`,
      logLevel: 'error',
      plugins: planting,
      build: { outDir, sourcemap: false },
    });
    if (!isPlanted) return brokenBecause(`no killer reaches ${mutant?.file ?? ''}`);
    return await run(`${outDir}/main.js`);
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

function run(program: string): Promise<Verdict> {
  const options = { cwd: root, timeout: PATIENCE_MS, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [program], options, (error, stdout, stderr) => {
      const line = stdout.trim().split('\n').at(-1) ?? '';
      if (error === null) {
        const finding = JSON.parse(line) as { readonly by: string; readonly found: string } | null;
        resolve({ killedBy: finding?.by ?? null, found: finding?.found ?? null, broken: null });
      } else if (error.killed === true) resolve({ killedBy: 'the run does not end', found: null, broken: null });
      else resolve({ killedBy: 'the run breaks off', found: stderr, broken: null });
    });
  });
}
