import { assert } from '../stream/assert.ts';
import type { DataType, Field } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';

/** Order of keys as a store has it: of the bytes that the serializers write, column after column; NULL has none. */
export function compareKeyBytes(fields: readonly Field[], a: readonly Value[], b: readonly Value[]): number {
  const [left, right] = [a, b].map((values) =>
    fields.map(({ type }, i) => (values[i] === null ? '' : hexOf(values[i]!, type))).join(''),
  );
  return left === right ? 0 : left! < right! ? -1 : 1;
}

/** Numbers big-endian in two's complement, so that negative ones come last; texts as UTF-8. */
function hexOf(value: Value, type: DataType): string {
  switch (type.kind) {
    case 'STRING':
      return encodeURIComponent(String(value)).replace(/%(..)|./g, (character, hex: string | undefined) =>
        hex === undefined ? character.charCodeAt(0).toString(16) : hex.toLowerCase(),
      );
    case 'DOUBLE':
      return wholeHex(new BigUint64Array(Float64Array.of(Number(value)).buffer)[0]!, 64);
    case 'BOOLEAN':
      return value === true ? '01' : '00';
    case 'INT':
    case 'DATE':
    case 'TIME':
      return wholeHex(BigInt(Number(value)), 32);
    case 'BIGINT':
    case 'TIMESTAMP':
      assert(typeof value === 'number' || typeof value === 'bigint', 'a whole number');
      return wholeHex(BigInt(value), 64);
    case 'DECIMAL':
      return wholeHex(BigInt(String(value).replace('.', '')), 128);
    default:
      return [...(value as Uint8Array)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

function wholeHex(value: bigint, bits: number): string {
  return BigInt.asUintN(bits, value)
    .toString(16)
    .padStart(bits / 4, '0');
}
