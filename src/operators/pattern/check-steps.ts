import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Schema } from '../../stream/types.ts';
import { fieldIndex } from '../../stream/types.ts';
import type { PatternConfig, StepConfig } from './config.ts';

/** What no pattern can be, whatever its dialect. Flink: `Pattern`, `NFACompiler`. */
export function checkSteps(config: PatternConfig, input: Schema): readonly Problem[] {
  const { steps } = config;
  return [
    ...steps.flatMap((step, i) => [
      ...nameProblems(steps, i, input),
      ...(step.negated ? negationProblems(config, i) : repetitionProblems(step, i)),
    ]),
    ...skipProblems(config),
  ];
}

function nameProblems(steps: readonly StepConfig[], i: number, input: Schema): readonly Problem[] {
  const name = steps[i]?.name ?? '';
  const path = `config.steps.${i}.name`;
  if (steps.findIndex((step) => step.name === name) < i)
    return [configProblem('duplicate-step', path, `Two steps are called ${name}.`, 'Rename one of them.')];
  if (fieldIndex(input, name) < 0) return [];
  const message = `${name} is a column of the row: conditions could not tell the step from it.`;
  return [configProblem('step-is-column', path, message, 'Give the step another name.')];
}

function negationProblems({ steps, withinMs }: PatternConfig, i: number): readonly Problem[] {
  const problems: Problem[] = [];
  const { name, contiguity, minTimes, maxTimes = minTimes, orMore, optional, greedy } = steps[i] as StepConfig;
  const path = `config.steps.${i}`;
  const say = (at: string, message: string, fix: string): void =>
    void problems.push(configProblem('bad-negation', `${path}.${at}`, message, fix));
  if (i === 0) say('negated', 'A pattern cannot begin with a row that must not come.', 'Put a step before it.');
  if (maxTimes > 1 || orMore || optional || greedy)
    say('negated', `${name} must not come: it cannot repeat or be optional.`, 'Take these settings away.');
  if (contiguity === 'relaxed-any')
    say('contiguity', `${name} must not come: next, or at all.`, 'Choose strict or relaxed.');
  if (steps[i - 1]?.optional === true)
    say(
      'negated',
      `${name} must not come behind a step that is optional.`,
      'Make two patterns, with that step and without.',
    );
  if (i === steps.length - 1 && contiguity !== 'strict' && withinMs === undefined) {
    const message = `The pattern ends with ${name} not coming, which takes a time until when.`;
    say('negated', message, 'Say within what time, or put a step behind it.');
  }
  return problems;
}

function repetitionProblems(step: StepConfig, i: number): readonly Problem[] {
  const { name, minTimes, maxTimes, orMore, greedy, repeatContiguity } = step;
  const path = `config.steps.${i}`;
  const problems: Problem[] = [];
  if (maxTimes !== undefined && orMore) {
    const message = `${name} has a most of ${maxTimes} and takes any number.`;
    problems.push(configProblem('bad-repetition', `${path}.maxTimes`, message, 'Take one of them away.'));
  }
  if (maxTimes !== undefined && maxTimes < minTimes) {
    const message = `${name} takes at most ${maxTimes} rows and at least ${minTimes}.`;
    problems.push(configProblem('bad-repetition', `${path}.maxTimes`, message, `Enter ${minTimes} or more.`));
  }
  if (!greedy) return problems;
  if (minTimes === 1 && !orMore && (maxTimes ?? 1) === 1) {
    const message = `${name} takes one row: it cannot be greedy.`;
    problems.push(configProblem('bad-repetition', `${path}.greedy`, message, 'Let it repeat, or switch this off.'));
  } else if (repeatContiguity === 'relaxed-any') {
    const message = `${name} passes over rows that it could take: it cannot be greedy too.`;
    problems.push(
      configProblem('bad-repetition', `${path}.greedy`, message, 'Choose strict or relaxed, or switch this off.'),
    );
  }
  return problems;
}

function skipProblems({ skip, skipStep, steps }: PatternConfig): readonly Problem[] {
  if (skip !== 'to-first' && skip !== 'to-last') return [];
  const names = steps.filter(({ negated }) => !negated).map(({ name }) => name);
  if (skipStep !== undefined && names.includes(skipStep)) return [];
  const message = skipStep === undefined ? `${skip} needs a step.` : `There is no step ${skipStep} that takes rows.`;
  return [configProblem('unknown-step', 'config.skipStep', message, `Choose one of: ${names.join(', ')}.`)];
}
