import { formatDuration } from '../../stream/duration.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DelayConfig, DelayPart } from './delay-config.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { SHAPE_KEYS } from './generator-schema.ts';
import type { RateProfileConfig } from './rate-config.ts';
import { inOrder } from './rate-profile.ts';

/** What figures that are good one by one make of each other. */
export function generatorProblems(config: GeneratorConfig): Problem[] {
  return [
    ...rateProblems(config.profile),
    ...delayProblems(config.delay),
    ...partitionProblems(config),
    ...clockProblems(config),
    ...faultProblems(config),
    ...tableProblems(config),
  ];
}

/** Why a profile makes no rate: it must not be used then. */
export function rateProblems({ kind, everyMs, forMs, steps }: RateProfileConfig): Problem[] {
  const problems: Problem[] = [];
  if (kind === 'bursts' && forMs >= everyMs) {
    const message = `A burst of ${formatDuration(forMs)} every ${formatDuration(everyMs)} never ends.`;
    problems.push(configProblem('empty-range', 'config.profile.forMs', message, 'Have it shorter, or less often.'));
  }
  const last = inOrder(steps).at(-1);
  if (last?.percent === 0) {
    const path = `config.profile.steps.${steps.lastIndexOf(last)}.percent`;
    const message = 'The last step is 0 %: the rest of the events would never happen.';
    problems.push(configProblem('empty-range', path, message, 'Add a step after it, or have fewer events.'));
  }
  return problems;
}

function delayProblems(delay: DelayConfig): Problem[] {
  if (delay.distribution !== 'mixture') return rangeProblems(delay, 'config.delay');
  if (delay.parts.length > 0) return delay.parts.flatMap((part, i) => rangeProblems(part, `config.delay.parts.${i}`));
  const message = 'The mixture has no parts.';
  return [configProblem('empty-list', 'config.delay.parts', message, 'Add a part, or choose another delay.')];
}

function rangeProblems(
  delay: Pick<DelayPart, 'distribution' | 'fromMs' | 'toMs'> | DelayConfig,
  at: string,
): Problem[] {
  if (delay.distribution !== 'uniform' || delay.fromMs <= delay.toMs) return [];
  const message = `The delay begins at ${formatDuration(delay.fromMs)} and ends at ${formatDuration(delay.toMs)}.`;
  return [configProblem('empty-range', `${at}.fromMs`, message, 'Swap the two.')];
}

function partitionProblems({ partitions, idlePartitions }: GeneratorConfig): Problem[] {
  if (idlePartitions < partitions) return [];
  const message = `${idlePartitions} of ${partitions} partitions are idle: none is left to send.`;
  return [configProblem('empty-range', 'config.idlePartitions', message, 'Have more partitions, or fewer idle ones.')];
}

function clockProblems({ clocks }: GeneratorConfig): Problem[] {
  const sum = clocks.reduce((share, { sharePercent }) => share + sharePercent, 0);
  if (sum <= 100 + 1e-9) return [];
  const message = `The wrong clocks are ${sum} % of all there are.`;
  return [configProblem('over-100', 'config.clocks', message, 'Take their shares down to 100 % in all.')];
}

function faultProblems({ faults, partitions }: GeneratorConfig): Problem[] {
  return faults.flatMap(({ kind, partition }, i) => {
    if (kind !== 'cut' || partition < partitions) return [];
    const message = `There is no partition ${partition}: the first is 0, the last ${partitions - 1}.`;
    const fix = 'Cut another one, or have more partitions.';
    return [configProblem('no-partition', `config.faults.${i}.partition`, message, fix)];
  });
}

/** The changes of a row must arrive each once and in order, else the table is another one. */
function tableProblems({ shape, duplicates, offline, faults }: GeneratorConfig): Problem[] {
  if (SHAPE_KEYS[shape] === null) return [];
  const refused = (path: string, what: string): Problem =>
    configProblem(
      'table-order',
      path,
      `${what}: ${shape} are the changes of a table, which come each once and in order.`,
      'Set it back, or choose events of another kind.',
    );
  const problems: Problem[] = [];
  if (duplicates.sharePercent > 0) problems.push(refused('config.duplicates.sharePercent', 'Nothing can come twice'));
  if (offline.sharePercent > 0) problems.push(refused('config.offline.sharePercent', 'Devices cannot go offline'));
  faults.forEach(({ kind, afterwards }, i) => {
    if (kind !== 'cut' || afterwards !== 'lost') return;
    problems.push(refused(`config.faults.${i}.afterwards`, 'Nothing can be lost'));
  });
  return problems;
}
