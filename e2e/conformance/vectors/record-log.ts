import type { JsonObject } from '../case.ts';
import { Inexpressible } from '../case.ts';
import type { SourceShape } from '../graph.ts';
import { LogWriter } from '../graph.ts';
import { timeOf, typeOfValues } from '../fields.ts';

/** The one source of most cases: records of key, value and time. */
export const SOURCE = 'source';

/** Its columns, as wide as the records need. */
export function recordSource(inputs: readonly JsonObject[], id = SOURCE): SourceShape {
  const records = inputs.filter(isRecord);
  return {
    id,
    columns: [
      ['key', typeOfValues(records.map((record) => record['key']))],
      ['value', typeOfValues(records.map((record) => record['value']))],
      ['ts', 'TIMESTAMP'],
    ],
    time: 'ts',
    ...(records.some(({ op }) => op !== undefined && op !== '+I') ? { changes: 'retract' as const } : {}),
  };
}

export function isRecord(input: JsonObject): boolean {
  return input['key'] !== undefined || input['value'] !== undefined || input['row'] !== undefined;
}

export interface LogRules {
  /** Milliseconds from the case's watermarks to Flink's, in which logs are written. */
  readonly watermarkShiftMs: number;
  /** Which source an input belongs to. */
  sourceOf(input: JsonObject): string;
  /** The columns of a record; key, value and time where not said. */
  cellsOf?(input: JsonObject): JsonObject;
}

const PLAIN: LogRules = { watermarkShiftMs: 0, sourceOf: () => SOURCE };

/** The inputs of a case as a written log, one entry for each. */
export function recordLog(inputs: readonly JsonObject[], rules: LogRules = PLAIN): LogWriter {
  const log = new LogWriter();
  inputs.forEach((input, step) => write(log, step, input, rules));
  return log;
}

function write(log: LogWriter, step: number, input: JsonObject, rules: LogRules): void {
  const { op, watermark, status, processingTime, stateTtlTime, control } = input;
  if (isRecord(input)) log.row(step, rules.sourceOf(input), cellsOf(input, rules), op);
  else if (watermark !== undefined) {
    log.watermark(step, rules.sourceOf(input), timeOf(watermark) + rules.watermarkShiftMs);
  } else if (status !== undefined) log.status(step, rules.sourceOf(input), status);
  else if (processingTime !== undefined) log.clock(step, timeOf(processingTime));
  // The clock by which state has a time to live is no other here.
  else if (stateTtlTime !== undefined) log.clock(step, timeOf(stateTtlTime));
  else if (control === 'setWallClock') log.clock(step, timeOf(input['ms']));
  else if (control === 'advanceWallClock' || control === 'advanceClock') log.clock(step, log.now + timeOf(input['ms']));
  else if (control === 'checkpointAndRestore') log.crashAndRestore(step);
  else throw new Inexpressible(`step ${step} is ${JSON.stringify(input)}, which a log has no entry for`);
}

function cellsOf(input: JsonObject, rules: LogRules): JsonObject {
  const { key, value, ts } = input;
  return rules.cellsOf?.(input) ?? { key, value, ts };
}
