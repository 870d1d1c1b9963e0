import { Engine } from '../engine/engine.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { setDialect, setRun } from '../pipeline/edits.ts';
import { LIMITS } from '../pipeline/limits.ts';
import { makePlan } from '../pipeline/make-plan.ts';
import type { Plan } from '../pipeline/plan.ts';
import { readDocument } from '../pipeline/read-document.ts';
import type { Log } from '../sources/log/log.ts';
import { defined } from '../stream/assert.ts';
import type { Problem } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT, OutputError } from './exit-codes.ts';
import { fileBytes, readAll } from './file-bytes.ts';
import type { Interrupt } from './interrupt.ts';
import { onInterrupt } from './interrupt.ts';
import { openLog } from './open-log.ts';
import { ProgressLine } from './progress-line.ts';
import { ReplayableBytes } from './replayable-bytes.ts';
import type { RunOptions } from './run-options.ts';
import { optionsBySource, parseRunOptions } from './run-options.ts';
import type { RunOutputs } from './run-outputs.ts';
import { openRunOutputs, RejectLines, writeWhole } from './run-outputs.ts';
import { ledgerRecord, summaryText } from './run-summary.ts';
import { grouped, problemLine, safeText } from './terminal-text.ts';
import { configureSources, looksIntoLog } from './source-config.ts';

const YIELD_EVERY_MS = 50;

/** `tidemark run G.json …`: runs a graph from its first entry to its last and writes what arrives at the sinks. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  const options = parseRunOptions(args);
  const read = readDocument(await readAll(fileBytes(options.graph), LIMITS.documentBytes));
  if (!read.ok) return tell(read.problems);
  const given = overridden(read.value, options);
  const bySource = optionsBySource(options, given);
  const interrupt = onInterrupt(() => process.exit(EXIT.interrupted));
  try {
    const entries =
      options.log === null ? null : new ReplayableBytes(fileBytes(options.log), looksIntoLog(given, bySource));
    const configured = await configureSources(given, bySource, entries);
    if (!configured.ok) return tell(configured.problems);
    const { document, files } = configured.value;
    const planned = makePlan(document);
    tell([...configured.problems, ...planned.problems]);
    if (!planned.ok) return EXIT.failed;
    const rejects = new RejectLines();
    const rejected = rejects.take.bind(rejects);
    const log = await openLog(planned.value, { entries, files, interrupt, rejected });
    if (!log.ok) return tell(log.problems);
    return await runToEnd(options, { document, plan: planned.value, log: log.value, interrupt, rejects });
  } finally {
    interrupt.dispose();
  }
}

function overridden(document: PipelineDocument, { dialect, end, seed }: RunOptions): PipelineDocument {
  const inDialect = dialect === null ? document : setDialect(document, dialect);
  return setRun(inDialect, { ...(end === null ? {} : { end }), ...(seed === null ? {} : { seed }) });
}

/** Problems to stderr. */
function tell(problems: readonly Problem[]): ExitCode {
  for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
  return hasErrors(problems) ? EXIT.failed : EXIT.ok;
}

interface Run {
  readonly document: PipelineDocument;
  readonly plan: Plan;
  readonly log: Log;
  readonly interrupt: Interrupt;
  readonly rejects: RejectLines;
}

type Ending = 'complete' | 'stopped' | 'interrupted' | 'limit' | 'output-failed';

async function runToEnd(options: RunOptions, run: Run): Promise<ExitCode> {
  const { document, plan, log } = run;
  const outputs = await openRunOutputs(options, plan, run.rejects);
  const engine = new Engine(plan, outputs.probe);
  let ending = await takeLog(options, { ...run, engine, outputs });
  plan.sources.forEach((_, s) => engine.countRejected(s, log.rejects(s).count));
  try {
    await outputs.close();
  } catch (error) {
    ending = outputFailed(error);
  }
  if (options.ledger !== null) {
    await writeWhole(options.ledger, `${JSON.stringify(ledgerRecord(document, plan, engine), null, 2)}\n`);
  }
  const problems = plan.sources.flatMap((_, s) => log.problems(s));
  tell(problems);
  process.stderr.write(summaryText(engine) + rejectSummary(plan, log));
  if (ending === 'interrupted') return EXIT.interrupted;
  const rejected = plan.sources.some((_, s) => log.rejects(s).count > 0);
  const isBad = ending === 'limit' || ending === 'output-failed' || hasErrors(problems) || (options.strict && rejected);
  return isBad ? EXIT.failed : EXIT.ok;
}

interface Running extends Run {
  readonly engine: Engine;
  readonly outputs: RunOutputs;
}

/** Round by round, never ahead of the output files. */
async function takeLog({ round, until }: RunOptions, running: Running): Promise<Ending> {
  const { plan, log, interrupt, engine, outputs } = running;
  const progress = new ProgressLine();
  let yieldAtMs = performance.now() + YIELD_EVERY_MS;
  try {
    for (;;) {
      const most = Math.min(round, engine.roundEntries);
      const room = until === null ? most : Math.min(most, until - engine.position);
      if (room <= 0) return 'stopped';
      if (performance.now() > yieldAtMs) {
        await new Promise(setImmediate);
        yieldAtMs = performance.now() + YIELD_EVERY_MS;
      }
      if (interrupt.aborted) return 'interrupted';
      const next = log.nextSlice(room);
      const slice = next instanceof Promise ? await interrupt.orNull(next) : next;
      if (slice === null) return interrupt.aborted ? 'interrupted' : 'complete';
      outputs.beforeRound(slice);
      engine.run(slice);
      outputs.afterRound();
      if (outputs.isFull) await outputs.flush();
      if (outputs.isGone) return 'stopped';
      if (engine.limit !== null) {
        tell([engine.limit]);
        return 'limit';
      }
      progress.update(engine.position, () => plan.sources.map((_, s) => log.progress(s)));
    }
  } catch (error) {
    return outputFailed(error);
  } finally {
    progress.clear();
  }
}

function outputFailed(error: unknown): Ending {
  if (!(error instanceof OutputError)) throw error;
  process.stderr.write(`tidemark: ${safeText(error.message)}\n`);
  return 'output-failed';
}

function rejectSummary(plan: Plan, log: Log): string {
  return plan.sources
    .flatMap((node, s) => {
      const { count, kept } = log.rejects(s);
      if (count === 0) return [];
      const id = safeText(defined(plan.nodes[node], 'source').id);
      const first = kept.slice(0, 3).map(({ line, reason }) => `  line ${line}: ${safeText(reason)}\n`);
      return [`rejected: ${grouped(count)} records of ${id}\n`, ...first];
    })
    .join('');
}
