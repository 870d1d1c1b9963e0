import type { DataType } from '../../stream/types.ts';
import { typeName } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { JsonTree } from './json-tree.ts';
import { isTreeArray, jsonText } from './json-tree.ts';
import { daysFromDate, daysInMonth } from '../time/calendar.ts';

/** Why a JSON value is none of a type. */
export class ValueError extends Error {
  override name = 'ValueError';
}

/**
 * A JSON value as the outside contract writes it, as a `Value` to append: whole numbers beyond 2^53, decimals, NaN and
 * infinities as strings, times as ms, DATE as `yyyy-mm-dd`, bytes as base64. DECIMAL becomes its unscaled bigint.
 */
export function jsonToValue(json: JsonTree, type: DataType): Value {
  if (json === null) return null;
  const value = convert(json, type);
  if (value === undefined) throw new ValueError(`${jsonText(json).slice(0, 80)} is not ${article(type)}`);
  return value;
}

function article(type: DataType): string {
  const name = typeName(type);
  return `${/^[AI]/.test(name) ? 'an' : 'a'} ${name}`;
}

function convert(json: NonNullable<JsonTree>, type: DataType): Value | undefined {
  switch (type.kind) {
    case 'BOOLEAN':
      return typeof json === 'boolean' ? json : undefined;
    case 'INT':
    case 'TIME': {
      const whole = wholeNumber(json);
      return typeof whole === 'number' && (whole | 0) === whole ? whole : undefined;
    }
    case 'BIGINT': {
      const whole = wholeNumber(json);
      return whole !== undefined && BigInt.asIntN(64, BigInt(whole)) === BigInt(whole) ? whole : undefined;
    }
    case 'TIMESTAMP': {
      const whole = wholeNumber(json);
      return typeof whole === 'number' && Math.abs(whole) < 2 ** 53 ? whole : undefined;
    }
    case 'DOUBLE':
      return doubleNumber(json);
    case 'DECIMAL':
      return typeof json === 'string' || typeof json === 'number' || typeof json === 'bigint'
        ? unscaled(String(json), type)
        : undefined;
    case 'STRING':
      return typeof json === 'string' ? json : undefined;
    case 'BYTES':
      return typeof json === 'string' ? base64Bytes(json) : undefined;
    case 'DATE':
      return typeof json === 'string' ? dateDays(json) : undefined;
    case 'ARRAY':
      return isTreeArray(json) ? json.map((item) => jsonToValue(item, type.element)) : undefined;
    case 'MAP':
      if (!(json instanceof Map)) return undefined;
      return new Map(
        [...(json as ReadonlyMap<string, JsonTree>)].map(
          ([name, item]) => [name, jsonToValue(item, type.value)] as const,
        ),
      );
    case 'ROW': {
      if (!(json instanceof Map)) return undefined;
      const members = json as ReadonlyMap<string, JsonTree>;
      return new Map(
        type.fields.map((field) => [field.name, jsonToValue(members.get(field.name) ?? null, field.type)] as const),
      );
    }
  }
}

function wholeNumber(json: NonNullable<JsonTree>): number | bigint | undefined {
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) || Math.abs(json) === 2 ** 53 ? json : undefined;
  if (typeof json !== 'string' || !/^[+-]?\d{1,40}$/.test(json)) return undefined;
  const exact = BigInt(json);
  const near = Number(exact);
  return Number.isSafeInteger(near) ? near : exact;
}

function doubleNumber(json: NonNullable<JsonTree>): number | undefined {
  if (typeof json === 'number') return json;
  if (typeof json === 'bigint') return Number(json);
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return Number(json);
  if (typeof json === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(json)) return Number(json);
  return undefined;
}

/** Digits such as `-12.50` times 10^scale, undefined when they are none or do not fit without loss. */
export function unscaled(
  text: string,
  type: { readonly precision: number; readonly scale: number },
): bigint | undefined {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return undefined;
  const shift = Number(exponent) + type.scale - fraction.length;
  let digits = whole + fraction;
  if (shift >= 0) digits += '0'.repeat(shift);
  else {
    const cut = digits.slice(shift);
    if (/[1-9]/.test(cut)) return undefined;
    digits = digits.slice(0, shift);
  }
  digits = digits.replace(/^0+/, '');
  if (digits.length > type.precision) return undefined;
  const value = BigInt(digits === '' ? '0' : digits);
  return sign === '-' ? -value : value;
}

/** Days since 1970 of `yyyy-mm-dd`, undefined when there is no such day. */
export function dateDays(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromDate(year, month, day);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of base64, undefined when the text is none. */
export function base64Bytes(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, out = 0; i < text.length; i += 4) {
    let word = 0;
    for (let j = 0; j < 4; j++) word = (word << 6) | Math.max(0, BASE64.indexOf(text[i + j] ?? '='));
    for (let shift = 16; shift >= 0 && out < bytes.length; shift -= 8) bytes[out++] = (word >> shift) & 255;
  }
  return bytes;
}
