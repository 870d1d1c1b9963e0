import type { CompiledPredicate } from '../../../expression/compile.ts';
import { compilePredicate } from '../../../expression/compile.ts';
import { configProblem } from '../../../stream/node-definition.ts';
import type { Problem, Result } from '../../../stream/problem.ts';
import { resultOf } from '../../../stream/problem.ts';
import type { Field, Schema } from '../../../stream/types.ts';
import { sameType, typeName } from '../../../stream/types.ts';
import { expressionProblems } from '../expression-problems.ts';
import type { BoundKey } from '../key-columns.ts';
import { bindKey } from '../key-columns.ts';
import type { JoinKind, MatchConfig } from './join-config.ts';
import { padsSide } from './join-config.ts';

/** When two rows match, found in the schemas. */
export interface BoundMatch {
  readonly leftKey: BoundKey;
  readonly rightKey: BoundKey;
  /** Parallel to the key's columns: whether NULL matches NULL there. */
  readonly nullSafe: readonly boolean[];
  /** Over `joinedFields` of both sides; null where the keys decide alone. */
  readonly residual: CompiledPredicate | null;
}

/** Finds what a join matches by. Problems have paths in the node's `config`, as `matchConfig` names them. */
export function bindMatch(match: MatchConfig, left: Schema, right: Schema): Result<BoundMatch> {
  const leftKey = bindKey(match.leftKeys, left, 'config.leftKeys');
  const rightKey = bindKey(match.rightKeys, right, 'config.rightKeys');
  const problems: Problem[] = [...leftKey.problems, ...rightKey.problems];
  if (leftKey.ok && rightKey.ok) problems.push(...keyProblems(leftKey.value.fields, rightKey.value.fields));
  const safe = match.nullSafeKeys ?? [];
  safe.forEach((name, i) => {
    if (match.leftKeys.includes(name)) return;
    const message = `${name} is not a column of the left key.`;
    problems.push(
      configProblem('unknown-column', `config.nullSafeKeys.${i}`, message, 'Name columns of the left key.'),
    );
  });
  let residual: CompiledPredicate | null = null;
  if (match.residual.trim() !== '') {
    const compiled = compilePredicate(match.residual, { fields: joinedFields(left, right) });
    if (compiled.ok) residual = compiled.predicate;
    else problems.push(...expressionProblems(compiled.problems, 'config.residual'));
  }
  if (!leftKey.ok || !rightKey.ok) return { ok: false, problems };
  const nullSafe = match.leftKeys.map((name) => safe.includes(name));
  return resultOf({ leftKey: leftKey.value, rightKey: rightKey.value, nullSafe, residual }, problems);
}

function keyProblems(left: readonly Field[], right: readonly Field[]): readonly Problem[] {
  if (left.length !== right.length) {
    const message = `The left key has ${left.length} columns, the right key ${right.length}.`;
    return [configProblem('key-columns-differ', 'config.rightKeys', message, 'Give both keys as many columns.')];
  }
  return left.flatMap((field, i) => {
    const other = right[i];
    if (other === undefined || sameType(field.type, other.type)) return [];
    const message = `${field.name} is ${typeName(field.type)} and ${other.name} is ${typeName(other.type)}: they are never equal.`;
    return [
      configProblem('key-types-differ', 'config.rightKeys', message, 'Cast one of them in a map before the join.'),
    ];
  });
}

/** The left columns, then the right ones; a right column whose name is taken is called `right_name`. */
export function joinedFields(left: Schema, right: Schema): readonly Field[] {
  const names = new Set(left.fields.map((field) => field.name));
  const rest = right.fields.map((field) => {
    let name = field.name;
    while (names.has(name)) name = `right_${name}`;
    names.add(name);
    return { ...field, name };
  });
  return [...left.fields, ...rest];
}

/** The columns of a join's results: of both sides, NULL allowed where a side may be missing; of the left for semi and anti. */
export function resultFields(kind: JoinKind, left: Schema, right: Schema): readonly Field[] {
  if (kind === 'semi' || kind === 'anti') return left.fields;
  const pads = padsSide(kind);
  return joinedFields(left, right).map((field, i) => {
    const isMissing = i < left.fields.length ? pads.right : pads.left;
    return isMissing ? { ...field, nullable: true } : field;
  });
}
