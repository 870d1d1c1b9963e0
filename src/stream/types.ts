/** SQL types of columns and expressions. How each is laid out in memory: `column.ts`. */
export type DataType =
  | { readonly kind: 'BOOLEAN' }
  | { readonly kind: 'INT' }
  | { readonly kind: 'BIGINT' }
  | { readonly kind: 'DOUBLE' }
  | { readonly kind: 'DECIMAL'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'STRING' }
  | { readonly kind: 'BYTES' }
  | { readonly kind: 'DATE' }
  | { readonly kind: 'TIME' }
  | { readonly kind: 'TIMESTAMP' }
  | { readonly kind: 'ARRAY'; readonly element: DataType }
  | { readonly kind: 'MAP'; readonly value: DataType }
  | { readonly kind: 'ROW'; readonly fields: readonly Field[] };

export type TypeKind = DataType['kind'];

/** A named column. Names are case-sensitive and unique in their schema; `nullable: false` is a promise of the producer. */
export interface Field {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

export interface Schema {
  readonly fields: readonly Field[];
}

export const BOOLEAN: DataType = { kind: 'BOOLEAN' };
export const INT: DataType = { kind: 'INT' };
export const BIGINT: DataType = { kind: 'BIGINT' };
export const DOUBLE: DataType = { kind: 'DOUBLE' };
export const STRING: DataType = { kind: 'STRING' };
export const BYTES: DataType = { kind: 'BYTES' };
export const DATE: DataType = { kind: 'DATE' };
export const TIME: DataType = { kind: 'TIME' };
export const TIMESTAMP: DataType = { kind: 'TIMESTAMP' };

export function decimal(precision: number, scale: number): DataType {
  return { kind: 'DECIMAL', precision, scale };
}

export function field(name: string, type: DataType, nullable = true): Field {
  return { name, type, nullable };
}

export function sameType(a: DataType, b: DataType): boolean {
  switch (a.kind) {
    case 'DECIMAL':
      return b.kind === 'DECIMAL' && a.precision === b.precision && a.scale === b.scale;
    case 'ARRAY':
      return b.kind === 'ARRAY' && sameType(a.element, b.element);
    case 'MAP':
      return b.kind === 'MAP' && sameType(a.value, b.value);
    case 'ROW':
      return (
        b.kind === 'ROW' &&
        a.fields.length === b.fields.length &&
        a.fields.every((field, i) => {
          const other = b.fields[i];
          return other !== undefined && field.name === other.name && sameType(field.type, other.type);
        })
      );
    default:
      return a.kind === b.kind;
  }
}

/** As written in SQL: `DECIMAL(10, 2)`, `ARRAY<STRING>`, `ROW<a INT>`. */
export function typeName(type: DataType): string {
  switch (type.kind) {
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'ARRAY':
      return `ARRAY<${typeName(type.element)}>`;
    case 'MAP':
      return `MAP<STRING, ${typeName(type.value)}>`;
    case 'ROW':
      return `ROW<${type.fields.map((field) => `${field.name} ${typeName(field.type)}`).join(', ')}>`;
    default:
      return type.kind;
  }
}

export function isNumeric(type: DataType): boolean {
  return type.kind === 'INT' || type.kind === 'BIGINT' || type.kind === 'DOUBLE' || type.kind === 'DECIMAL';
}

/** Index of the column called `name`, or -1. */
export function fieldIndex(schema: Schema, name: string): number {
  return schema.fields.findIndex((field) => field.name === name);
}
