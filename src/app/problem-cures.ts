import { formatDuration, parseDuration } from '../stream/duration.ts';
import type { Problem } from '../stream/problem.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { setConfig } from '../pipeline/edits.ts';
import { validate } from '../pipeline/validate.ts';
import { useDocumentStore } from './document-store.ts';
import { valueAt, withValueAt } from './document-value.ts';
import type { Change } from './structural-cures.ts';
import { structuralChanges } from './structural-cures.ts';

/** What makes a problem go away without anything left to decide. */
export interface Cure {
  /** As a button says it: `Set 3s`. */
  readonly label: string;
  readonly document: PipelineDocument;
}

/** Offered only where it takes the problem away and brings no other. */
export function cureOf(document: PipelineDocument, problem: Problem): Cure | null {
  const before = validate(document);
  for (const { label, apply } of [...changesFor(document, problem), ...structuralChanges(document, problem)]) {
    const cured = apply(document);
    if (cured !== document && isCured(before, validate(cured), problem)) return { label, document: cured };
  }
  return null;
}

function isCured(before: readonly Problem[], after: readonly Problem[], { code, path, severity }: Problem): boolean {
  const alike = (problems: readonly Problem[]): number =>
    problems.filter((other) => other.code === code && other.path === path).length;
  const errors = [errorsOf(before).length, errorsOf(after).length] as const;
  const isLess = severity === 'error' ? errors[1] < errors[0] : errors[1] <= errors[0] && after.length < before.length;
  return isLess && alike(after) < alike(before);
}

function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** One undo step. */
export function applyCure({ label, document }: Cure): void {
  useDocumentStore.getState().edit({ label }, () => document);
}

function changesFor(document: PipelineDocument, problem: Problem): readonly Change[] {
  const change = changeFor(document, problem);
  return change === null ? [] : [change];
}

function changeFor(document: PipelineDocument, problem: Problem): Change | null {
  switch (problem.code) {
    case 'dangling-edge':
    case 'unknown-port':
    case 'duplicate-edge':
      return withoutEdge(problem);
    case 'unknown-field':
      return atPlace(document, problem, () => ({ label: 'Remove it', value: undefined }));
    case 'value-range':
      return atPlace(document, problem, (_, place) => limitOf(problem, place));
    case 'value-choice':
      return atPlace(document, problem, () => onlyChoiceOf(problem));
    default:
      return atPlace(document, problem, (value) => meantIn(problem, value));
  }
}

function withoutEdge({ path }: Problem): Change | null {
  const index = Number(/^edges\.(\d+)/.exec(path)?.[1] ?? Number.NaN);
  if (Number.isNaN(index)) return null;
  return {
    label: 'Remove the edge',
    apply: (document) => ({ ...document, edges: document.edges.filter((_, i) => i !== index) }),
  };
}

interface Replacement {
  readonly label: string;
  /** Undefined takes away what stands there. */
  readonly value: unknown;
}

/** Replaces the one value of a node that the problem is about. */
function atPlace(
  document: PipelineDocument,
  { path }: Problem,
  replace: (value: unknown, place: readonly string[]) => Replacement | null,
): Change | null {
  const [, index, part, rest] = /^nodes\.(\d+)\.(config|engine)\.(.+)$/.exec(path) ?? [];
  const node = document.nodes[Number(index)];
  if (node === undefined || rest === undefined || (part !== 'config' && part !== 'engine')) return null;
  const place = rest.split('.');
  const replacement = replace(valueAt(node[part], place), place);
  if (replacement === null) return null;
  const changed = withValueAt(node[part], place, replacement.value);
  return { label: replacement.label, apply: (before) => setConfig(before, { id: node.id, [part]: changed }) };
}

/** The limit that a figure is beyond, from the cure's own words. */
function limitOf({ fix }: Problem, place: readonly string[]): Replacement | null {
  const limit = /^Choose a value of at (?:least|most) (.+?)\.?$/.exec(fix)?.[1];
  if (limit === undefined) return null;
  const value = /^-?[\d.]+$/.test(limit) ? Number(limit) : parseDuration(limit);
  if (value === null) return null;
  return { label: `Set ${place.at(-1)?.endsWith('Ms') === true ? formatDuration(value) : limit}`, value };
}

function onlyChoiceOf({ fix }: Problem): Replacement | null {
  const choice = /^Choose one of: "?([\w-]+)"?\.$/.exec(fix)?.[1];
  return choice === undefined ? null : { label: `Use ${choice}`, value: choice };
}

/** A word that was probably meant, in the place of the one that is not known. */
function meantIn({ fix, span }: Problem, value: unknown): Replacement | null {
  const meant = /^Did you mean (\S+)\?$/.exec(fix)?.[1] ?? /^Choose one of: (\w+)\.$/.exec(fix)?.[1];
  if (meant === undefined || typeof value !== 'string') return null;
  const label = `Use ${meant}`;
  if (span === undefined) return { label, value: meant };
  return { label, value: value.slice(0, span.from) + meant + value.slice(span.to) };
}
