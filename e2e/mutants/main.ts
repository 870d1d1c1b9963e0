// npm run mutants -- [--json] [--only ID,ID] [--sample N --seed S]: plants one small fault after the other into the engine
// and looks whether a law or a recorded case of a real engine fails with it. The engine as it is must keep every law, and the
// cases that it fails kill nothing.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { mutants } from './mutants.ts';
import { USAGE, parseOptions, sampleOf } from './options.ts';
import type { Mutant } from './mutant.ts';
import type { Verdict } from './run-mutant.ts';
import { judgeEngine, judgeMutant } from './run-mutant.ts';

const options = parseOptions(
  process.argv.slice(2),
  mutants.map(({ id }) => id),
);
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
const { json, only, sample, seed } = options;

const asked = only === null ? mutants : mutants.filter(({ id }) => only.includes(id));
const chosen = sample === null ? asked : sampleOf(asked, sample, seed);
const { finding, failing, tookMs } = await judgeEngine();
if (finding !== null) {
  console.error(`The engine as it is fails ${finding.by}: ${finding.found.slice(0, 1000)}`);
  process.exit(1);
}
const skipped = `.build/mutants/${String(process.pid)}-skipped.json`;
mkdirSync('.build/mutants', { recursive: true });
writeFileSync(skipped, JSON.stringify(failing));

const verdicts = new Map<Mutant, Verdict>();
const queue = [...chosen];
await Promise.all(Array.from({ length: availableParallelism() }, work));
rmSync(skipped);

const killed = chosen.filter((mutant) => verdicts.get(mutant)!.killedBy !== null);
if (json) {
  const rows = chosen.map((mutant) => {
    const { killedBy, broken } = verdicts.get(mutant)!;
    const { id, file, fault } = mutant;
    return broken === null ? { id, file, fault, killedBy } : { id, file, fault, killedBy, broken };
  });
  console.log(
    JSON.stringify({ mutants: rows, killed: killed.length, total: chosen.length, skippedCases: failing.length }),
  );
} else console.log(`${killed.length} killed, ${chosen.length - killed.length} survived`);
process.exitCode = killed.length < chosen.length ? 1 : 0;

async function work(): Promise<void> {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const verdict = await judgeMutant(mutant, { skipped, engineMs: tookMs });
    verdicts.set(mutant, verdict);
    if (!json) console.log(lineOf(mutant, verdict));
  }
}

function lineOf({ id, fault }: Mutant, { killedBy, found, broken }: Verdict): string {
  const outcome = broken !== null ? `broken: ${broken}` : killedBy === null ? 'SURVIVED' : `killed by ${killedBy}`;
  const first = found?.split('\n')[0]?.slice(0, 80) ?? '';
  return `${id.padEnd(36)} ${outcome}${first === '' ? '' : ` (${first})`}\n${' '.repeat(37)}${fault}`;
}
