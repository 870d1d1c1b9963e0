import type { Plan } from '../pipeline/plan.ts';
import type { ReadEnvironment } from '../sources/byte-source.ts';
import type { BoundFile } from '../sources/file/bind-file.ts';
import { FileReader } from '../sources/file/file-reader.ts';
import type { BoundGenerator } from '../sources/generator/definition.ts';
import { GeneratorReader } from '../sources/generator/generator-reader.ts';
import type { SourceReader } from '../sources/source-reader.ts';
import { defined } from '../stream/assert.ts';
import type { Problem, Result } from '../stream/problem.ts';
import { resultOf } from '../stream/problem.ts';
import { blobSource, inflateGzip } from './blob-source.ts';

/** A reader for each source of the plan, in the log's order; or which files are missing. */
export function openSources(
  plan: Plan,
  files: Readonly<Record<string, File>>,
  signal: AbortSignal,
): Result<readonly SourceReader[]> {
  const environment: ReadEnvironment = { inflate: inflateGzip, signal };
  const problems: Problem[] = [];
  const readers: SourceReader[] = [];
  for (const index of plan.sources) {
    const { id, label, bound } = defined(plan.nodes[index], 'source');
    const source = bound as BoundFile | BoundGenerator;
    if (source.kind === 'source.generator') {
      readers.push(new GeneratorReader(source.config, plan.seed));
      continue;
    }
    const file = Object.hasOwn(files, id) ? files[id] : undefined;
    if (file === undefined) problems.push(noFile(id, label));
    else readers.push(new FileReader(source, blobSource(file.name, file), environment));
  }
  return resultOf(readers, problems);
}

/** A document never holds its files: after it was opened again they have to be chosen again. */
function noFile(nodeId: string, label: string): Problem {
  return {
    code: 'no-file',
    severity: 'error',
    path: '',
    nodeId,
    message: `${label} has no file.`,
    fix: 'Choose its file in the settings of the node.',
  };
}
