// Sizes of the built page, gzipped. What the first load fetches has a limit; what comes later is only listed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const firstLoadMaxBytes = 250_000;

const dist = join(fileURLToPath(new URL('..', import.meta.url)), process.env['DIST_DIR'] ?? 'dist');
const page = readFileSync(join(dist, 'index.html'), 'utf8');
/** @param {number} bytes */
const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

let firstLoadBytes = 0;
let laterBytes = 0;
console.log(`${'file'.padEnd(44)}${'raw'.padStart(10)}${'gzip'.padStart(10)}  loaded`);
for (const name of readdirSync(join(dist, 'assets')).sort()) {
  if (!/\.(js|css)$/.test(name)) continue;
  const content = readFileSync(join(dist, 'assets', name));
  const gzipBytes = gzipSync(content, { level: 9 }).length;
  // index.html names its entry, the modules preloaded with it, and the style sheets.
  const isFirst = page.includes(`assets/${name}"`);
  if (isFirst) firstLoadBytes += gzipBytes;
  else laterBytes += gzipBytes;
  console.log(
    `${name.padEnd(44)}${inKilobytes(content.length)}${inKilobytes(gzipBytes)}  ${isFirst ? 'first' : 'later'}`,
  );
}
const fits = firstLoadBytes > 0 && firstLoadBytes <= firstLoadMaxBytes;
console.log(`later:      ${inKilobytes(laterBytes)}`);
console.log(
  `first load: ${inKilobytes(firstLoadBytes)} of ${inKilobytes(firstLoadMaxBytes).trim()} ${fits ? 'fits' : 'IS OVER THE BUDGET'}`,
);
process.exitCode = fits ? 0 : 1;
