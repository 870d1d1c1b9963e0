import { LIMITS } from '../pipeline/limits.ts';
import { reportOn } from '../pipeline/read-document.ts';
import type { Problem } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { fileBytes, readAll } from './file-bytes.ts';
import { openOutput } from './line-output.ts';
import { parseFileOptions } from './run-options.ts';
import { problemLine } from './terminal-text.ts';

/** `tidemark validate G.json [--json]`: every problem of a graph. Exit 1 when one of them keeps it from running. */
export async function validateCommand(args: readonly string[]): Promise<ExitCode> {
  const { file, json } = parseFileOptions('validate', args);
  const problems = reportOn(await readAll(fileBytes(file), LIMITS.documentBytes));
  const out = await openOutput('-');
  if (json) out.write(`${JSON.stringify({ problems: problems.map(problemRecord) }, null, 2)}\n`);
  else {
    for (const problem of problems) out.write(`${problemLine(problem)}\n`);
    if (problems.length === 0) out.write('No problems.\n');
  }
  await out.close();
  return hasErrors(problems) ? EXIT.failed : EXIT.ok;
}

/** A problem as the outside contract writes it. */
export function problemRecord({ code, severity, path, nodeId, message, fix }: Problem): object {
  return { code, severity, path, node: nodeId, message, fix };
}
