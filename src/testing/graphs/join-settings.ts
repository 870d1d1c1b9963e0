import type { Dialect } from '../../operators/dialects/dialect.ts';
import type { OperatorKind } from '../../operators/operator.ts';
import { joinedFields } from '../../operators/shared/joins/bind-join.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Field } from '../../stream/types.ts';
import { isNumeric, sameType } from '../../stream/types.ts';
import type { JoinChoice } from './recipe.ts';
import { at } from './window-config.ts';

export interface JoinSettings {
  readonly kind: OperatorKind;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Readonly<Record<string, unknown>>;
}

export const JOINS = [
  'join.interval',
  'join.regular',
  'join.temporal',
  'join.window',
  'join.stream',
  'join.table',
] as const;
/** The choice of a join over windows. */
export const WINDOW_JOIN = JOINS.indexOf('join.window');

const OUTER = ['inner', 'left', 'right', 'full'] as const;
const ONE_SIDED = [...OUTER, 'semi', 'anti'] as const;

/** Every kind of join of the two streams, from the chosen one on. The dialect may object to most of them. */
export function joinSettings(
  choice: JoinChoice,
  [left, right]: readonly [StreamType, StreamType],
  dialect: Dialect,
): readonly JoinSettings[] {
  const lacking = dialect.name.startsWith('flink') ? [] : ['join.interval'];
  const kinds = JOINS.filter((kind) => !lacking.includes(kind));
  return kinds.flatMap((_, i) => {
    const kind = at(kinds, choice.join + i);
    const whole = settingsOf(kind, choice, [left, right]);
    // Not every engine has conditions, or all kinds of rows without partner.
    const plain = { ...whole, config: { ...whole.config, kind: 'inner', residual: '', nullSafeKeys: undefined } };
    return [whole, { ...whole, config: { ...whole.config, residual: '' } }, plain].map(withoutUnset);
  });
}

function withoutUnset({ config, ...rest }: JoinSettings): JoinSettings {
  const lacksResidual = rest.kind === 'join.table';
  const entries = Object.entries(config).filter(
    ([name, value]) => value !== undefined && !(lacksResidual && name === 'residual'),
  );
  return { ...rest, config: Object.fromEntries(entries) };
}

function settingsOf(
  kind: OperatorKind,
  choice: JoinChoice,
  [left, right]: readonly [StreamType, StreamType],
): JoinSettings {
  const { rows, lowerMs, lengthMs, knob } = choice;
  const match = { ...keysOf(choice, left, right), residual: residualOf(choice, left, right) };
  const tableMatch = { ...match, ...tableKeys(choice, left, right) };
  switch (kind) {
    case 'join.regular': {
      const nullSafeKeys = knob % 3 === 0 ? match.leftKeys : undefined;
      const engine = knob === 7 ? { leftTtlMs: 300 } : knob === 6 ? { rightTtlMs: 150 } : {};
      return { kind, config: { kind: at(ONE_SIDED, rows), ...match, nullSafeKeys }, engine };
    }
    case 'join.temporal': {
      const asOf = knob % 4 === 3 ? 'arrival' : 'event-time';
      const engine = knob === 6 ? { minRetentionMs: 200 } : knob === 5 ? { historyRetentionMs: 100 } : {};
      return { kind, config: { kind: at(['inner', 'left'], rows), ...tableMatch, asOf }, engine };
    }
    case 'join.window': {
      const isInherited = left.windowed !== undefined && right.windowed !== undefined;
      const window = isInherited
        ? { window: 'inherited' }
        : { window: at(['tumbling', 'hopping', 'session'], knob), sizeMs: 10, advanceMs: 4, gapMs: 8 };
      return { kind, config: { kind: at(ONE_SIDED, rows), ...match, ...window }, engine: {} };
    }
    case 'join.stream': {
      const figures = { beforeMs: Math.abs(lowerMs), afterMs: lengthMs, latenessMs: knob };
      const engine = knob === 7 ? { padding: 'eager' } : knob === 6 ? { emitIntervalMs: 150 } : {};
      return { kind, config: { kind: at(OUTER, rows), ...match, ...figures }, engine };
    }
    case 'join.table': {
      const engine = knob === 7 ? { leftHistoryRetentionMs: 20 } : knob === 6 ? { rightHistoryRetentionMs: 40 } : {};
      return { kind, config: { kind: at(OUTER, rows), ...tableMatch }, engine };
    }
    default: {
      const figures = { lowerMs, upperMs: lowerMs + lengthMs };
      const engine = knob === 7 ? { minCleanupMs: 6 } : knob === 6 ? { latenessMs: 4 } : {};
      return { kind: 'join.interval', config: { kind: at(OUTER, rows), ...match, ...figures }, engine };
    }
  }
}

interface Keys {
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
}

/** One column that both sides have, or none. */
function keysOf({ keys, join }: JoinChoice, left: StreamType, right: StreamType): Keys {
  const shared = left.schema.fields.filter(({ name, type }) =>
    fieldsLike(right, type).some((field) => field.name === name),
  );
  // Kafka joins by a key always.
  const needsKey = at(JOINS, join) === 'join.stream';
  const names = shared.length === 0 || (keys === 0 && !needsKey) ? [] : [at(shared, keys).name];
  return { leftKeys: names, rightKeys: names };
}

/** The key of the right table, and columns on the left that may hold it: of the same name, or only of the same type. */
function tableKeys({ keys }: JoinChoice, left: StreamType, right: StreamType): Keys | Record<string, never> {
  const rightKeys = right.key ?? [];
  if (rightKeys.length === 0 || right.changes === 'append') return {};
  const leftKeys = rightKeys.map((name) => {
    const like = fieldsLike(left, right.schema.fields.find((field) => field.name === name)!.type);
    return (
      (like.find((field) => field.name === name && keys % 4 !== 0) ?? like[keys % Math.max(1, like.length)])?.name ?? ''
    );
  });
  return { leftKeys, rightKeys };
}

function fieldsLike({ schema }: StreamType, type: Field['type']): readonly Field[] {
  return schema.fields.filter((field) => sameType(field.type, type));
}

/** None, a comparison, or one that fails for some rows. */
function residualOf({ knob, keys }: JoinChoice, left: StreamType, right: StreamType): string {
  const numbers = joinedFields(left.schema, right.schema).filter(({ type }) => isNumeric(type));
  if (knob % 2 === 0 || numbers.length === 0) return '';
  const [a, b] = [at(numbers, keys).name, at(numbers, numbers.length - 1 + keys * 3).name];
  return knob % 4 === 1 ? `${a} <= ${b}` : `10 / ${b} > ${a}`;
}
