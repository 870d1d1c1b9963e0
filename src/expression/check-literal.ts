import { BIGINT, BOOLEAN, DATE, DOUBLE, INT, STRING, TIME, TIMESTAMP, decimal } from '../stream/types.ts';
import { bigintValue } from './cast-value.ts';
import type { CheckContext } from './check-context.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, parseDate, parseTime, parseTimestamp } from './civil-time.ts';
import { parseDecimal } from './decimal.ts';
import type { Expression, IntervalLiteral, IntervalUnit, TemporalLiteral } from './syntax.ts';
import type { Typed } from './typed.ts';
import type { IntervalType } from './expr-type.ts';
import { constant } from './typed.ts';
import { NULL_TYPE } from './expr-type.ts';

type Literal = Expression & { kind: 'number' | 'string' | 'boolean' | 'null' | 'temporal' | 'interval' };

export function checkLiteral(context: CheckContext, node: Literal): Typed {
  switch (node.kind) {
    case 'number':
      return checkNumber(context, node.text, node);
    case 'string':
      return constant(node.value, STRING, node.span);
    case 'boolean':
      return constant(node.value, BOOLEAN, node.span);
    case 'null':
      return constant(null, NULL_TYPE, node.span);
    case 'temporal':
      return checkTemporal(context, node);
    case 'interval':
      return checkInterval(context, node);
  }
}

/** Digits alone are INT, BIGINT or DECIMAL by their size; a point makes DECIMAL, an exponent DOUBLE. Calcite's rules. */
function checkNumber(context: CheckContext, text: string, node: Literal): Typed {
  if (/[eE]/.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return constant(value, DOUBLE, node.span);
    return badLiteral(context, node, `${text} is larger than a DOUBLE can be.`, 'Write a number below 1.8e308');
  }
  const [whole = '', fraction = ''] = text.split('.');
  if (!text.includes('.')) {
    const value = BigInt(whole);
    if (value <= 2_147_483_647n) return constant(Number(value), INT, node.span);
    if (value <= 9_223_372_036_854_775_807n) return constant(bigintValue(value), BIGINT, node.span);
  }
  const scale = fraction.length;
  const precision = Math.max((whole + fraction).replace(/^0+/, '').length, scale, 1);
  const unscaled = precision > 38 ? null : parseDecimal(text, scale);
  if (unscaled === null) {
    return badLiteral(
      context,
      node,
      `This number has ${precision} digits, the limit is 38.`,
      'Write fewer digits, or use an exponent: 1e40',
    );
  }
  return constant(unscaled, decimal(precision, scale), node.span);
}

function checkTemporal(context: CheckContext, node: TemporalLiteral): Typed {
  const forms = {
    DATE: { parse: parseDate, type: DATE, form: 'yyyy-MM-dd', example: "DATE '2024-02-29'" },
    TIME: { parse: parseTime, type: TIME, form: 'HH:mm:ss', example: "TIME '10:30:00'" },
    TIMESTAMP: {
      parse: parseTimestamp,
      type: TIMESTAMP,
      form: 'yyyy-MM-dd HH:mm:ss',
      example: "TIMESTAMP '2024-02-29 10:30:00'",
    },
  } as const;
  const { parse, type, form, example } = forms[node.temporal];
  const value = parse(node.text);
  if (value !== null) return constant(value, type, node.span);
  return badLiteral(
    context,
    node,
    `'${node.text}' is no ${node.temporal} in the form ${form}, or not in the calendar.`,
    `Write it like ${example}`,
  );
}

const UNIT_MS = new Map<IntervalUnit, number>([
  ['WEEK', 7 * DAY_MS],
  ['DAY', DAY_MS],
  ['HOUR', HOUR_MS],
  ['MINUTE', MINUTE_MS],
  ['SECOND', SECOND_MS],
]);
const UNIT_MONTHS = new Map<IntervalUnit, number>([
  ['YEAR', 12],
  ['QUARTER', 3],
  ['MONTH', 1],
]);
const FINE = new Set<IntervalUnit>(['HOUR', 'MINUTE', 'SECOND']);

/** The length of an interval literal: months, or ms. In a range such as DAY TO MINUTE every part but the first is bounded. */
function checkInterval(context: CheckContext, node: IntervalLiteral): Typed {
  const units = unitsBetween(node.first, node.last ?? node.first);
  const amount = units === null ? null : intervalAmount(node.text.trim(), units);
  const months = UNIT_MONTHS.has(node.first);
  const type: IntervalType = {
    kind: 'INTERVAL',
    unit: months ? 'months' : 'ms',
    fine: FINE.has(node.last ?? node.first),
  };
  if (amount !== null) return constant(node.negative ? -amount + 0 : amount, type, node.span);
  const range = node.last === null ? node.first : `${node.first} TO ${node.last}`;
  const example = node.last === null ? `INTERVAL '5' ${node.first}` : "INTERVAL '1 12' DAY TO HOUR";
  return badLiteral(context, node, `'${node.text}' is no length in ${range}.`, `Write it like ${example}`);
}

function unitsBetween(first: IntervalUnit, last: IntervalUnit): readonly IntervalUnit[] | null {
  if (first === last) return [first];
  const order: readonly IntervalUnit[] = UNIT_MONTHS.has(first)
    ? ['YEAR', 'MONTH']
    : ['DAY', 'HOUR', 'MINUTE', 'SECOND'];
  const [from, to] = [order.indexOf(first), order.indexOf(last)];
  return from < 0 || to <= from ? null : order.slice(from, to + 1);
}

function intervalAmount(text: string, units: readonly IntervalUnit[]): number | null {
  const sign = text.startsWith('-') ? -1 : 1;
  const parts = text.replace(/^[-+]/, '').split(/[-:\s]+/);
  if (parts.length !== units.length) return null;
  let total = 0;
  for (const [i, unit] of units.entries()) {
    const part = parts[i] ?? '';
    if (!(unit === 'SECOND' ? /^\d{1,12}(\.\d{1,9})?$/ : /^\d{1,12}$/).test(part)) return null;
    const limit = new Map<IntervalUnit, number>([
      ['MONTH', 12],
      ['HOUR', 24],
      ['MINUTE', 60],
      ['SECOND', 60],
    ]).get(unit);
    if (i > 0 && limit !== undefined && Number(part) >= limit) return null;
    total += Number(part) * (UNIT_MS.get(unit) ?? UNIT_MONTHS.get(unit) ?? 0);
  }
  total = Math.round(total);
  return total < 2 ** 53 ? sign * total + 0 : null;
}

function badLiteral(context: CheckContext, node: Literal, message: string, fix: string): Typed {
  return context.problem({ code: 'bad-literal', message, fix, span: node.span });
}
