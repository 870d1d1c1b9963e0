import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The built program for a mode of vite.config.ts, built again when any source is younger than it.
 * Two processes may do this at once: each builds aside and swaps one file in.
 *
 * @param {string} mode
 * @returns {Promise<string>} absolute path of a module to import
 */
export async function buildOnUse(mode) {
  const target = join(root, '.build', mode, 'main.js');
  const builtAtMs = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
  const sources = ['src', 'e2e', 'vite.config.ts', 'package.json'].map((path) => join(root, path));
  if (!sources.some((path) => hasYounger(path, builtAtMs))) return target;

  const aside = join(root, '.build', `${mode}.${String(process.pid)}`);
  const { build } = await import('vite');
  const startedAt = new Date();
  try {
    await build({ root, mode, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: aside } });
    const built = join(aside, 'main.js');
    // A source saved during the build must count as younger than its result.
    utimesSync(built, startedAt, startedAt);
    mkdirSync(join(root, '.build', mode), { recursive: true });
    renameSync(built, target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return target;
}

/**
 * @param {string} path file or directory
 * @param {number} timeMs
 * @returns {boolean}
 */
function hasYounger(path, timeMs) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.mtimeMs > timeMs) return true;
  return stat.isDirectory() && readdirSync(path).some((name) => hasYounger(join(path, name), timeMs));
}
