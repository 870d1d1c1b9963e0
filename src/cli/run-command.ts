import type { PipelineDocument } from '../pipeline/document.ts';
import { setDialect, setRun } from '../pipeline/edits.ts';
import { LIMITS } from '../pipeline/limits.ts';
import { makePlan } from '../pipeline/make-plan.ts';
import { readDocument } from '../pipeline/read-document.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { fileBytes, readAll } from './file-bytes.ts';
import { onInterrupt } from './interrupt.ts';
import { openLog } from './open-log.ts';
import { ReplayableBytes } from './replayable-bytes.ts';
import type { RunOptions } from './run-options.ts';
import { optionsBySource, parseRunOptions } from './run-options.ts';
import { RejectLines } from './run-outputs.ts';
import { runToEnd } from './run-to-end.ts';
import { tell } from './tell.ts';
import { configureSources, looksIntoLog } from './source-config.ts';

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
