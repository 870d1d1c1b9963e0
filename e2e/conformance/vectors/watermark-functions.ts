import { Valve } from '../../../src/engine/progress/valve.ts';
import { WatermarkOutputMultiplexer } from '../../../src/engine/progress/watermark-multiplexer.ts';
import { dialectNamed } from '../../../src/operators/dialects/dialects.ts';
import { IdlenessTimer } from '../../../src/operators/shared/idleness.ts';
import { WatermarkGenerator } from '../../../src/operators/shared/watermark-generator.ts';
import { LastWatermark } from '../../../src/operators/shared/watermark-output.ts';
import { NO_WATERMARK } from '../../../src/stream/time.ts';
import { watermarkConfig } from '../../../src/stream/watermark-config.ts';
import type { FunctionCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { numberOf, numberOr, objectOf, textOf, timeOf, writtenTime } from '../fields.ts';

type Step = (input: JsonObject, step: number) => readonly JsonObject[];

/** A function that is told input by input; nothing of it is ever dropped. */
function stepwise({ inputs }: VectorCase, begin: () => Step): FunctionCase {
  return { graph: null, call: () => ({ outputs: inputs.flatMap(begin()), dropped: 0 }) };
}

function unknown(input: JsonObject, step: number): Inexpressible {
  return new Inexpressible(`step ${step} is ${JSON.stringify(input)}, which the function does not know`);
}

/** `watermarkGenerator`: what it states each time the clock asks. */
export function watermarkGeneration(given: VectorCase): FunctionCase {
  const strategy = objectOf(given.operator, 'strategy');
  const kind = textOf(strategy, 'kind');
  if (kind !== 'ascending' && kind !== 'boundedOutOfOrderness') {
    throw new Inexpressible(`there is no watermark strategy ${kind}`);
  }
  const delayMs = numberOr(strategy, 'delay', 0);
  return stepwise(given, () => {
    const output = new LastWatermark();
    const { time } = dialectNamed('flink-datastream');
    const generator = new WatermarkGenerator(watermarkConfig.parse({ strategy: 'periodic', delayMs }), time, output);
    return (input, step) => {
      if (input['ts'] !== undefined) generator.onEvent(timeOf(input['ts']));
      else if (input['control'] !== 'periodicEmit') throw unknown(input, step);
      else {
        generator.onPeriodicEmit(0);
        return [{ step, watermark: writtenTime(output.watermark) }];
      }
      return [];
    };
  });
}

/** `watermarkMerge`: what several inputs come to. */
export function watermarkMerge(given: VectorCase): FunctionCase {
  const count = numberOf(given.operator, 'inputs');
  return stepwise(given, () => {
    const valve = new Valve(count);
    return (input, step) => {
      const channel = numberOf(input, 'stream');
      const said =
        input['status'] === undefined
          ? valve.inputWatermark(channel, timeOf(input['watermark']))
          : valve.inputStatus(channel, input['status'] === 'idle');
      return said.map((progress) =>
        'watermark' in progress
          ? { step, watermark: writtenTime(progress.watermark) }
          : { step, status: progress.idle ? 'idle' : 'active' },
      );
    };
  });
}

/** `watermarkMultiplexer`: what the output below has heard last, after every step. */
export function watermarkMultiplexing(given: VectorCase): FunctionCase {
  const names = [...new Set(given.inputs.map(({ output }) => output).filter((name) => typeof name === 'string'))];
  const registersItself = given.inputs.some(({ control }) => control === 'register');
  return stepwise(given, () => {
    const heard = new LastWatermark();
    const multiplexer = new WatermarkOutputMultiplexer(heard);
    const idOf = (input: JsonObject): number => names.indexOf(textOf(input, 'output'));
    if (!registersItself) names.forEach((_, id) => multiplexer.register(id));
    return (input, step) => {
      const { control } = input;
      if (control === 'register') multiplexer.register(idOf(input));
      else if (control === 'unregister') multiplexer.unregister(idOf(input));
      else if (control === 'periodicEmit') multiplexer.onPeriodicEmit();
      else if (control !== undefined) throw unknown(input, step);
      else {
        const output =
          input['mode'] === 'deferred' ? multiplexer.deferred(idOf(input)) : multiplexer.immediate(idOf(input));
        if (input['watermark'] !== undefined) output.emitWatermark(timeOf(input['watermark']));
        else if (input['status'] === 'idle') output.markIdle();
        else output.markActive();
      }
      const lastWatermark = heard.watermark === NO_WATERMARK ? null : writtenTime(heard.watermark);
      return [{ step, lastWatermark, idle: heard.idle }];
    };
  });
}

/** `idlenessTimer`: the answer to each probe. */
export function idlenessTimer(given: VectorCase): FunctionCase {
  const idleMs = numberOf(given.operator, 'idleTimeout');
  return stepwise(given, () => {
    const timer = new IdlenessTimer(idleMs);
    let nowMs = 0;
    return (input, step) => {
      const { control } = input;
      if (control === 'advanceClock') nowMs += numberOf(input, 'ms');
      else if (control === 'activity') timer.activity();
      else if (control !== 'checkIfIdle') throw unknown(input, step);
      return control === 'checkIfIdle' ? [{ step, idle: timer.checkIfIdle(nowMs) }] : [];
    };
  });
}
