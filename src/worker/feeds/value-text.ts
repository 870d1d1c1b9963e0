import type { DataType } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { toJson } from '../../stream/value.ts';

/** A value as a label: text without quotes, everything else as JSON has it. */
export function valueText(value: Value, type: DataType): string {
  const json = toJson(value, type);
  if (json === null) return 'NULL';
  return typeof json === 'object' ? JSON.stringify(json) : String(json);
}
