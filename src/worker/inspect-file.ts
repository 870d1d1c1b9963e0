import type { Detection } from '../sources/detect.ts';
import { choicesOf, completeConfig, detectFile } from '../sources/detect.ts';
import type { FileConfig } from '../sources/file/file-config.ts';
import { fileConfig } from '../sources/file/file-config.ts';
import { blobSource } from './blob-source.ts';
import { inflateGzip } from './inflate-gzip.ts';
import type { FileReport } from './protocol.ts';

/**
 * Looks at the beginning of a file. What `config` has decided stays where it fits the file: columns that are all there, and
 * how they are read. For a file of another kind everything is found anew.
 */
export async function inspectFile(file: File, config: Readonly<Record<string, unknown>>): Promise<FileReport> {
  const parsed = fileConfig.safeParse(config);
  const own = parsed.success ? parsed.data : fileConfig.parse({});
  const source = blobSource(file.name, file);
  const environment = { inflate: inflateGzip, signal: null };
  const asDecided = await detectFile(source, environment, choicesOf(own));
  if (asDecided.error === null && holds(asDecided, own)) return report(asDecided, completeConfig(own, asDecided));
  const afresh = await detectFile(source, environment);
  return report(afresh, completeConfig(withoutLayout(own), afresh));
}

function holds(detection: Detection, { columns }: FileConfig): boolean {
  const found = new Set(detection.columns.flatMap(({ name, path }) => [name, path ?? name]));
  return columns.every(({ name, path }) => found.has(path ?? name));
}

/** What says nothing of a file's form: the watermark, and what else belongs to the node. */
function withoutLayout(config: FileConfig): FileConfig {
  const { watermark } = config;
  return fileConfig.parse({ watermark });
}

function report({ verdict, warnings, questions, error }: Detection, config: FileConfig): FileReport {
  return {
    verdict: error === null ? verdict : 'reject',
    config,
    warnings: [...warnings, ...questions].map(({ message }) => message),
    error: error === null ? null : `${error.message} ${error.fix}`,
  };
}
