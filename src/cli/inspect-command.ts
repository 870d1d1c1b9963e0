import { inspectFile } from '../sources/inspect.ts';
import type { Inspection } from '../sources/inspect.ts';
import { asciiDecoder } from './ascii-decoder.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { fileBytes, inflate } from './file-bytes.ts';
import { onInterrupt } from './interrupt.ts';
import { openOutput } from './line-output.ts';
import { ProgressLine } from './progress-line.ts';
import { ReplayableBytes } from './replayable-bytes.ts';
import { parseFileOptions } from './run-options.ts';
import { grouped, safeText } from './terminal-text.ts';

/** `tidemark inspect FILE [--json]`: what a data file holds, read whole. Exit 1 when it cannot be read as events. */
export async function inspectCommand(args: readonly string[]): Promise<ExitCode> {
  const { file, json } = parseFileOptions('inspect', args);
  const interrupt = onInterrupt(() => process.exit(EXIT.interrupted));
  const progress = new ProgressLine();
  const bytes = new ReplayableBytes(fileBytes(file), 1);
  const reading = inspectFile(bytes, { inflate, asciiDecoder, signal: interrupt }, {}, (now) => {
    progress.update(now.rows, () => [now]);
  });
  const inspection = await interrupt.orNull(reading);
  progress.clear();
  interrupt.dispose();
  if (inspection === null || interrupt.aborted) return EXIT.interrupted;
  const out = await openOutput('-');
  out.write(json ? `${JSON.stringify(inspectionRecord(inspection), null, 2)}\n` : inspectionText(file, inspection));
  await out.close();
  return inspection.verdict === 'reject' ? EXIT.failed : EXIT.ok;
}

/** An inspection as the outside contract writes it. */
function inspectionRecord({ verdict, rows, rejected, columns, timeColumn, warnings, error }: Inspection): object {
  return {
    verdict,
    rows,
    rejected,
    columns: columns.map(({ name, type, unit }) => ({ name, type, ...(unit === undefined ? {} : { unit }) })),
    timeColumn,
    warnings,
    error,
  };
}

function inspectionText(file: string, { verdict, rows, rejected, columns, timeColumn, ...found }: Inspection): string {
  const lines = [`${file}: ${verdict.replaceAll('_', ' ')}, ${grouped(rows)} rows, ${grouped(rejected)} rejected`];
  for (const { name, type, unit } of columns) {
    lines.push(
      `  ${name} ${type}${unit === undefined ? '' : ` (${unit})`}${name === timeColumn ? ' · event time' : ''}`,
    );
  }
  for (const { message } of found.warnings) lines.push(`warning: ${message}`);
  if (found.error !== null) lines.push(`error: ${found.error.message} ${found.error.fix}`);
  return `${lines.map(safeText).join('\n')}\n`;
}
