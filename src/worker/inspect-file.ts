import type { Detection } from '../sources/detect.ts';
import { choicesOf, completeConfig, detectFile } from '../sources/detect.ts';
import type { FileConfig } from '../sources/file/file-config.ts';
import { fileConfig } from '../sources/file/file-config.ts';
import type { Inspection } from '../sources/inspect.ts';
import { inspectFile as inspectWholeFile } from '../sources/inspect.ts';
import { asciiDecoder } from './ascii-decoder.ts';
import { blobSource } from './blob-source.ts';
import { inflateGzip } from './inflate-gzip.ts';
import type { FileReport } from './protocol.ts';

/** A file of this many bytes is read whole in a moment. */
const SMALL_BYTES = 4 * 1024 * 1024;

/**
 * Looks at the beginning of a file. What `config` has decided stays where it fits the file: columns that are all there, and
 * how they are read. For a file of another kind everything is found anew.
 */
export async function inspectFile(file: File, config: Readonly<Record<string, unknown>>): Promise<FileReport> {
  const parsed = fileConfig.safeParse(config);
  const own = parsed.success ? parsed.data : fileConfig.parse({});
  const source = blobSource(file.name, file);
  const environment = { inflate: inflateGzip, asciiDecoder, signal: null };
  const asDecided = await detectFile(source, environment, choicesOf(own));
  if (asDecided.error === null && holds(asDecided, own)) return report(asDecided, completeConfig(own, asDecided), file);
  const afresh = await detectFile(source, environment);
  return report(afresh, completeConfig(withoutLayout(own), afresh), file);
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

async function report(detection: Detection, config: FileConfig, file: File): Promise<FileReport> {
  const { verdict, questions, error } = detection;
  if (error !== null) {
    return { verdict: 'reject', config, warnings: [], questions: [], error: `${error.message} ${error.fix}` };
  }
  const asked = new Set(questions.map(({ code }) => code));
  const found = [...detection.warnings, ...(await wholeFileWarnings(file, config))];
  const warnings = new Map(found.filter(({ code }) => !asked.has(code)).map(({ code, message }) => [message, code]));
  return {
    verdict: verdict === 'accept' && warnings.size > 0 ? 'accept_with_warnings' : verdict,
    config,
    warnings: [...warnings].map(([message, code]) => ({ code, message })),
    questions,
    error: null,
  };
}

/** What shows only in the whole of a file, such as a time far ahead of all others. Large files tell it in their run. */
async function wholeFileWarnings(file: File, config: FileConfig): Promise<Inspection['warnings']> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isGzip = first === 0x1f && second === 0x8b;
  if (isGzip || file.size > SMALL_BYTES) return [];
  const environment = { inflate: inflateGzip, asciiDecoder, signal: null };
  const { warnings } = await inspectWholeFile(blobSource(file.name, file), environment, choicesOf(config));
  return warnings;
}
