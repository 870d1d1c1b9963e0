/** What the writer takes; everything else in a document would be a programmer's mistake. */
export type Writable =
  null | boolean | number | string | readonly Writable[] | { readonly [name: string]: Writable | undefined };

/** Names of an object's fields in the order in which they are written. `path` leads to the object. */
export type FieldOrder = (path: readonly string[], names: readonly string[]) => readonly string[];

/**
 * JSON with two blanks a level. Unlike `JSON.stringify` it keeps −0, and writes an infinity as `1e999`, which JSON
 * reads back as one; NaN becomes the text "NaN", since null would read back as something else. Undefined fields are
 * left out. Depth is at most that of a document, so recursion is safe.
 */
export function writeJson(value: Writable, order: FieldOrder): string {
  return write(value, [], order);
}

function write(value: Writable, path: readonly string[], order: FieldOrder): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return JSON.stringify(value);
  const inner = '  '.repeat(path.length + 1);
  const outer = '  '.repeat(path.length);
  if (isList(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item, i) => inner + write(item, [...path, String(i)], order));
    return `[\n${items.join(',\n')}\n${outer}]`;
  }
  const present = Object.keys(value).filter((name) => value[name] !== undefined);
  if (present.length === 0) return '{}';
  const fields = order(path, present).map((name) => {
    const text = write(value[name] ?? null, [...path, name], order);
    return `${inner}${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${fields.join(',\n')}\n${outer}}`;
}

function isList(value: readonly Writable[] | { readonly [name: string]: unknown }): value is readonly Writable[] {
  return Array.isArray(value);
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value > 0 ? '1e999' : '-1e999';
  return Object.is(value, -0) ? '-0' : String(value);
}
