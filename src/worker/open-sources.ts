import type { Plan } from '../pipeline/plan.ts';
import type { ReadEnvironment } from '../sources/byte-source.ts';
import type { BoundSource } from '../sources/open-source.ts';
import { openSource } from '../sources/open-source.ts';
import type { SourceReader } from '../sources/source-reader.ts';
import { defined } from '../stream/assert.ts';
import type { Problem, Result } from '../stream/problem.ts';
import { resultOf } from '../stream/problem.ts';
import { asciiDecoder } from './ascii-decoder.ts';
import { blobSource } from './blob-source.ts';
import { inflateGzip } from './inflate-gzip.ts';

/** A reader for each source of the plan, in the log's order; or which files are missing. */
export function openSources(
  plan: Plan,
  files: Readonly<Record<string, File>>,
  signal: AbortSignal,
): Result<readonly SourceReader[]> {
  const environment: ReadEnvironment = { inflate: inflateGzip, asciiDecoder, signal };
  const problems: Problem[] = [];
  const readers: SourceReader[] = [];
  for (const index of plan.sources) {
    const { id, label, bound } = defined(plan.nodes[index], 'source');
    const source = bound as BoundSource;
    const file = Object.hasOwn(files, id) ? files[id] : undefined;
    if (source.kind === 'source.file' && file === undefined) problems.push(noFile(id, label));
    else {
      const bytes = file === undefined ? null : blobSource(file.name, file);
      readers.push(openSource(source, { seed: plan.seed, bytes, environment }));
    }
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
    fix: 'A graph holds no data. Choose the file again in the settings of the node.',
  };
}
