// node e2e/run.js NAME [ARGUMENTS]: builds the program NAME (src/NAME/main.ts, e2e/NAME/main.ts or e2e/NAME.ts) when
// its sources changed, then runs it in this process.
import { pathToFileURL } from 'node:url';
import { buildOnUse } from '../src/cli/build-on-use.js';

const [name] = process.argv.splice(2, 1);
if (name === undefined) {
  console.error('usage: node e2e/run.js NAME [ARGUMENTS]');
  process.exit(2);
}
await import(pathToFileURL(await buildOnUse(name)).href);
