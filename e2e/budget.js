// Sizes of the built page, gzipped. What the first load fetches has a limit, and so has what the first screen needs before
// it can be used; what comes later is only listed.
import { Buffer } from 'node:buffer';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const firstLoadMaxBytes = 250_000;
/** With the workbench and the canvas; the engine's thread and the charts come beside and after it. */
const firstScreenMaxBytes = 370_000;
const SCREEN = /^(app|canvas|document-run|document-gallery)-/;

const dist = join(fileURLToPath(new URL('..', import.meta.url)), process.env['DIST_DIR'] ?? 'dist');
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const names = readdirSync(join(dist, 'assets'))
  .filter((name) => /\.(js|css)$/.test(name))
  .sort();
/** @param {string} name */
const contentOf = (name) => readFileSync(join(dist, 'assets', name), 'utf8');
/** @param {number} bytes */
const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

// index.html names its entry, the modules preloaded with it, and the style sheets.
const first = new Set(names.filter((name) => page.includes(`assets/${name}"`)));
const screen = new Set([...first, ...names.filter((name) => SCREEN.test(name))]);
for (const name of screen) {
  if (!name.endsWith('.js')) continue;
  for (const [, imported = ''] of contentOf(name).matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) screen.add(imported);
}

let [firstBytes, screenBytes, laterBytes] = [0, 0, 0];
console.log(`${'file'.padEnd(44)}${'raw'.padStart(10)}${'gzip'.padStart(10)}  loaded`);
for (const name of names) {
  const content = contentOf(name);
  const gzipBytes = gzipSync(content, { level: 9 }).length;
  if (first.has(name)) firstBytes += gzipBytes;
  if (screen.has(name)) screenBytes += gzipBytes;
  else laterBytes += gzipBytes;
  const when = first.has(name) ? 'first' : screen.has(name) ? 'screen' : 'later';
  console.log(`${name.padEnd(44)}${inKilobytes(Buffer.byteLength(content))}${inKilobytes(gzipBytes)}  ${when}`);
}
/**
 * @param {string} what
 * @param {number} bytes
 * @param {number} most
 */
const judge = (what, bytes, most) => {
  const fits = bytes > 0 && bytes <= most;
  console.log(`${what} ${inKilobytes(bytes)} of ${inKilobytes(most).trim()} ${fits ? 'fits' : 'IS OVER THE BUDGET'}`);
  return fits;
};
console.log(`later:        ${inKilobytes(laterBytes)}`);
const fit = [
  judge('first load:  ', firstBytes, firstLoadMaxBytes),
  judge('first screen:', screenBytes, firstScreenMaxBytes),
];
process.exitCode = fit.every(Boolean) ? 0 : 1;
