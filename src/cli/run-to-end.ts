import { drainEntry } from '../engine/drain.ts';
import { Engine } from '../engine/engine.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { Log } from '../sources/log/log.ts';
import { defined } from '../stream/assert.ts';
import { hasErrors } from '../stream/problem.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT, OutputError } from './exit-codes.ts';
import type { Interrupt } from './interrupt.ts';
import { reasonOf } from './line-output.ts';
import { ProgressLine } from './progress-line.ts';
import type { RunOptions } from './run-options.ts';
import type { RejectLines, RunOutputs } from './run-outputs.ts';
import { openRunOutputs, writeWhole } from './run-outputs.ts';
import { anyRejected, ledgerRecord, summaryText } from './run-summary.ts';
import { tell } from './tell.ts';
import { grouped, safeText } from './terminal-text.ts';

const YIELD_EVERY_MS = 50;

export interface Run {
  readonly document: PipelineDocument;
  readonly plan: Plan;
  readonly log: Log;
  readonly interrupt: Interrupt;
  readonly rejects: RejectLines;
}

type Ending = 'complete' | 'stopped' | 'interrupted' | 'limit' | 'failed';

/** Takes the whole log and writes what comes of it. Whatever ends it, the outputs are closed and the ledger is written. */
export async function runToEnd(options: RunOptions, run: Run): Promise<ExitCode> {
  const { document, plan, log } = run;
  const outputs = await openRunOutputs(options, plan, run.rejects);
  const engine = new Engine(plan, outputs.probe);
  let ending = await takeLog(options, { ...run, engine, outputs });
  plan.sources.forEach((_, s) => engine.countRejected(s, log.rejects(s).count));
  try {
    await outputs.close();
  } catch (error) {
    ending = broken(error);
  }
  if (options.ledger !== null) {
    await writeWhole(options.ledger, `${JSON.stringify(ledgerRecord(document, plan, engine), null, 2)}\n`);
  }
  const problems = plan.sources.flatMap((_, s) => log.problems(s));
  tell(problems);
  process.stderr.write(summaryText(engine) + rejectSummary(plan, log) + outputs.rejectedRows.text(plan));
  if (ending === 'interrupted') return EXIT.interrupted;
  const isBad =
    ending === 'limit' || ending === 'failed' || hasErrors(problems) || (options.strict && anyRejected(engine));
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
  let isDrained = false;
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
      if (slice === null) {
        const drain = interrupt.aborted || isDrained ? null : drainEntry(plan, engine);
        if (drain === null) return interrupt.aborted ? 'interrupted' : 'complete';
        isDrained = true;
        log.appendEntry(drain);
        continue;
      }
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
    return broken(error);
  } finally {
    progress.clear();
  }
}

/** What nobody expected is told in one sentence, as a full disk is: there are results and a ledger to keep. */
function broken(error: unknown): Ending {
  const sentence =
    error instanceof OutputError ? error.message : `The run broke off: ${reasonOf(error).replace(/\.$/, '')}.`;
  process.stderr.write(`tidemark: ${safeText(sentence)}\n`);
  return 'failed';
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
