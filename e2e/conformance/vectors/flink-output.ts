import type { Json, JsonObject } from '../case.ts';
import type { Recorded, StepResult } from '../run-graph.ts';
import { writtenTime } from '../fields.ts';

export const LATE_SINK = 'late';

export interface OutputRules {
  readonly inputs: readonly JsonObject[];
  /** The operator under test. */
  readonly node: string;
  /** A result in the words of the case. */
  result(result: StepResult): JsonObject;
  /** How the case calls the side output that late rows go to. */
  readonly sideOutput: string;
  /** Whether every watermark that arrives is sent on, or only one that moves the operator's own. */
  readonly forwards: 'every' | 'moved';
  /** Whether rows that are dropped are told one by one. */
  readonly tellsDrops: boolean;
}

/** What a Flink operator gives out, step by step: results, late rows, then the watermark behind them. */
export function flinkOutputs(recorded: Recorded, rules: OutputRules): readonly JsonObject[] {
  const outputs: JsonObject[] = [];
  const entryOf = new Map(recorded.graph.steps.map((step, entry) => [step, entry]));
  rules.inputs.forEach((input, step) => {
    for (const result of recorded.results) {
      if (result.step !== step) continue;
      outputs.push(result.node === LATE_SINK ? sideOutput(result, rules.sideOutput) : rules.result(result));
    }
    if (rules.tellsDrops) {
      const late = recorded.drops.filter((drop) => drop.step === step && drop.reason === 'late');
      outputs.push(...late.map(() => ({ step, dropped: 'late' })));
    }
    const entry = entryOf.get(step);
    if (entry !== undefined) outputs.push(...progressOutputs(recorded, rules, { step, entry, input }));
  });
  return outputs;
}

function sideOutput({ step, row }: StepResult, name: string): JsonObject {
  // A late row of a join has nothing on the other side, whose columns begin with right_.
  const { key, value, ts, right_key: rightKey, right_value: rightValue, right_ts: rightTs } = row as JsonObject;
  const isRight = ts === null && rightTs !== undefined;
  return isRight
    ? { step, sideOutput: name, key: rightKey, value: rightValue, ts: rightTs }
    : { step, sideOutput: name, key, value, ts };
}

interface Place {
  readonly step: number;
  readonly entry: number;
  readonly input: JsonObject;
}

function progressOutputs(
  recorded: Recorded,
  { node, forwards }: OutputRules,
  { step, entry, input }: Place,
): readonly JsonObject[] {
  const before = entry === 0 ? { watermark: -Infinity, idle: false } : recorded.progress(node, entry - 1);
  const after = recorded.progress(node, entry);
  const status = (idle: boolean): Json => (idle ? 'idle' : 'active');
  const moved = after.watermark > before.watermark;
  const isForwarded = forwards === 'every' ? input['watermark'] !== undefined && !after.idle : moved;
  const watermark = isForwarded ? [{ step, watermark: writtenTime(after.watermark) }] : [];
  // Active before the watermark that made it so, idle after the last one.
  if (after.idle === before.idle) return watermark;
  return after.idle ? [...watermark, { step, status: status(true) }] : [{ step, status: status(false) }, ...watermark];
}
