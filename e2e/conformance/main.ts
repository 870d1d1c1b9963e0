// npm run -s conformance -- [--actual F] [--graphs DIR] [--json] FILE…: recorded cases of the real engines through the
// product's own path. Each case is translated to a document and a log without its expectation, run, and only then compared.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Case } from './case.ts';
import { readCases } from './case.ts';
import type { Attempt } from './conform.ts';
import { attempt, judge } from './conform.ts';
import { USAGE, parseOptions } from './options.ts';
import { actualText, graphFiles, reportText } from './report.ts';

const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') fail(options);

// npm runs scripts in the package's own directory, whatever the caller's.
const callerDirectory = process.env['INIT_CWD'] ?? process.cwd();
const cases = options.files.flatMap(casesOf);
const attempts: Attempt[] = [];
for (const each of cases) attempts.push(await attempt(each));
try {
  if (options.actual !== null) writeFileSync(resolve(callerDirectory, options.actual), actualText(attempts));
  if (options.graphs !== null) {
    const directory = resolve(callerDirectory, options.graphs);
    mkdirSync(directory, { recursive: true });
    for (const { name, text } of graphFiles(attempts)) writeFileSync(join(directory, name), text);
  }
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

const verdicts = cases.map((each, i) => judge(each, attempts[i]!));
console.log(reportText(verdicts, options.json));
process.exitCode = verdicts.every(({ passed }) => passed) ? 0 : 1;

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
