// npm run bench -- [--json] [--jobs NAME,NAME] [--events N]: the whole engine beside hand-written loops and other ways of
// doing the same, on the same events, in one run.
import { jobs } from './jobs.ts';
import type { JobResult } from './measure.ts';
import { measureJob } from './measure.ts';
import { USAGE, parseOptions } from './options.ts';
import { jsonReport, summaryLine, tableHead, tableOf } from './report.ts';

const options = parseOptions(
  process.argv.slice(2),
  jobs.map((job) => job.name),
);
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
if (!options.json) console.log(tableHead());
const results: JobResult[] = [];
for (const job of jobs) {
  if (!options.jobs.includes(job.name)) continue;
  const result = await measureJob(job, options.events ?? job.events);
  results.push(result);
  for (const fault of result.faults) console.error(fault);
  if (!options.json) console.log(tableOf(result));
}
console.log(options.json ? jsonReport(results) : `\n${summaryLine(results)}`);
process.exitCode = results.some(({ faults }) => faults.length > 0) ? 1 : 0;
