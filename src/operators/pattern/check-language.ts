import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { PatternRules } from '../dialects/dialect.ts';
import type { PatternConfig, StepConfig } from './config.ts';

/** What the dialect's language cannot say of patterns, with what can be done instead. */
export function checkLanguage(config: PatternConfig, rules: PatternRules, title: string): readonly Problem[] {
  const { steps, skip, timeouts } = config;
  const problems: Problem[] = [];
  const lacks = (path: string, message: string, fix: string): void =>
    void problems.push(configProblem('dialect-lacks', `config.${path}`, `${title} ${message}`, fix));
  if (!rules.passesOver) steps.forEach((step, i) => checkStrict(step, i, lacks));
  if (!rules.greedyAtEnd && steps.at(-1)?.greedy === true) {
    const fix = 'Add a step for the first row that does not belong to it, or switch greedy off.';
    lacks(`steps.${steps.length - 1}.greedy`, 'has no greedy step at the end of a pattern.', fix);
  }
  if (!rules.emptyMatches && steps.every(({ optional }) => optional))
    lacks('steps', 'has no patterns whose steps all are optional.', 'Let one step be there always.');
  if (!rules.tellsTimeouts && timeouts)
    lacks('timeouts', 'tells of matches alone.', 'Switch this off, or choose Flink DataStream.');
  if (!rules.skips.includes(skip))
    lacks('skip', `always skips something after a match.`, `Choose one of: ${rules.skips.join(', ')}.`);
  if (rules.failsWithoutSkip) checkTarget(config, lacks);
  return problems;
}

type Lacks = (path: string, message: string, fix: string) => void;

function checkStrict(step: StepConfig, i: number, lacks: Lacks): void {
  const { negated, contiguity, minTimes, maxTimes = minTimes, orMore, optional, repeatContiguity } = step;
  const path = `steps.${i}`;
  if (negated) {
    lacks(
      `${path}.negated`,
      'has no rows that must not come.',
      'Write the condition of the next step so that it refuses them.',
    );
    return;
  }
  const between = 'Choose strict; a step of its own that may repeat and is optional takes what stands between.';
  if (i > 0 && contiguity !== 'strict')
    lacks(`${path}.contiguity`, 'takes rows that follow each other directly.', between);
  if ((orMore || maxTimes > 1) && repeatContiguity !== 'strict')
    lacks(`${path}.repeatContiguity`, 'repeats a step with rows that follow each other directly.', 'Choose strict.');
  if (optional && minTimes > 1)
    lacks(
      `${path}.optional`,
      `cannot say none or ${minTimes} and more.`,
      'Make two patterns, with the step and without.',
    );
}

function checkTarget({ skip, skipStep, steps }: PatternConfig, lacks: Lacks): void {
  if (skip !== 'to-first' && skip !== 'to-last') return;
  const place = steps.findIndex(({ name }) => name === skipStep);
  const step = steps[place];
  if (step === undefined) return;
  if (step.optional)
    lacks('skipStep', `fails for a match without any row of ${step.name}.`, 'Choose a step that is always there.');
  const isAlone = !step.orMore && (step.maxTimes ?? step.minTimes) === 1;
  if (place === 0 && (skip === 'to-first' || isAlone))
    lacks('skipStep', 'fails when a match is to begin again with its own first row.', 'Choose a later step.');
}
