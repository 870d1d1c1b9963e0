// npm run -s conformance -- [--actual F] [--graphs DIR] [--json] FILE…: recorded cases of the real engines through the
// product's own path. Each case is translated to a document and a log without its expectation, run, and only then compared.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Case } from './case.ts';
import { readCases } from './case.ts';
import type { Attempt } from './conform.ts';
import { attempt, judge } from './conform.ts';
import { USAGE, parseOptions } from './options.ts';

const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') fail(options);

// npm runs scripts in the package's own directory, whatever the caller's.
const callerDirectory = process.env['INIT_CWD'] ?? process.cwd();
const cases = options.files.flatMap(casesOf);
const attempts: Attempt[] = [];
for (const each of cases) attempts.push(await attempt(each));
try {
  if (options.actual !== null) writeActual(resolve(callerDirectory, options.actual));
  if (options.graphs !== null) writeGraphs(resolve(callerDirectory, options.graphs));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

const verdicts = cases.map((each, i) => judge(each, attempts[i]!));
const failed = verdicts.filter(({ passed }) => !passed);
const passed = verdicts.length - failed.length;
if (options.json) console.log(JSON.stringify({ passed, failed: failed.length, cases: verdicts }));
else {
  for (const { id, reason = '' } of failed) console.log(`${id}: ${reason}`);
  console.log(`${passed} passed, ${failed.length} failed`);
}
process.exitCode = failed.length > 0 ? 1 : 0;

function casesOf(path: string): readonly Case[] {
  let text: string;
  try {
    text = readFileSync(resolve(callerDirectory, path), 'utf8');
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const read = readCases(text);
  return typeof read === 'string' ? fail(`${path} ${read}`) : read;
}

function fail(message: string): never {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

/** By id what came out, null where a case broke off. */
function writeActual(path: string): void {
  const outputs = attempts.map(({ id, actual }) => `${JSON.stringify(id)}:${JSON.stringify(actual?.outputs ?? null)}`);
  writeFileSync(path, `{\n${outputs.join(',\n')}\n}\n`);
}

function writeGraphs(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const { id, graph } of attempts) {
    if (graph === null) continue;
    const name = join(directory, id.replaceAll('/', '_'));
    writeFileSync(`${name}.json`, `${JSON.stringify(graph.document, null, 2)}\n`);
    writeFileSync(`${name}.log.ndjson`, graph.log.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}
