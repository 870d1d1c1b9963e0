// node e2e/typecheck.js [ROOM…]: type-checks every project, or the named ones ("stream", "e2e", "tests"), two at a time.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(new URL('../node_modules/@typescript/native/bin/tsc', import.meta.url));

/** @type {Record<string, string>} */
const projects = { tests: 'tsconfig.json', main: 'src/tsconfig.json', e2e: 'e2e/tsconfig.json' };
for (const room of readdirSync(new URL('../src', import.meta.url))) {
  const path = `src/${room}/tsconfig.json`;
  if (existsSync(new URL(`../${path}`, import.meta.url))) projects[room] = path;
}

/**
 * @param {string} path
 * @returns {Promise<string>} what the compiler said; empty when the project is sound
 */
function check(path) {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '--pretty', 'false', '-p', path], { cwd: root }, (error, stdout, stderr) => {
      const isEmptyRoom = stdout.includes('TS18003');
      resolve(error === null || isEmptyRoom ? '' : stdout + stderr || error.message);
    });
  });
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in projects));
if (unknown.length > 0) {
  console.error(`No project ${unknown.join(', ')}. There are: ${Object.keys(projects).join(', ')}.`);
  process.exit(2);
}
const queue = asked.length > 0 ? asked : Object.keys(projects);
const findings = new Set();
async function work() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const output = await check(projects[name] ?? '');
    for (const line of output.split('\n')) if (line !== '') findings.add(line);
  }
}
const count = queue.length;
await Promise.all([work(), work()]);
for (const line of findings) console.log(line);
console.log(
  findings.size === 0 ? `${String(count)} projects type-check` : `${String(findings.size)} lines of type errors`,
);
process.exitCode = findings.size === 0 ? 0 : 1;
