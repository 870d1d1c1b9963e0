import { defined } from '../stream/assert.ts';
import type { Schema } from '../stream/types.ts';
import { fieldIndex } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import type { Entry } from './log.ts';

/**
 * Logs as text, one entry a line:
 *
 *     + 10:00:03 user=a amount=5      a row of source 0 with its event time
 *     1+ 10:00:04 user=a              a row of source 1
 *     -D 10:00:05 user=a              a row that deletes; `+U` and `-U` likewise
 *     W 10:00:10                      a watermark of source 0; `1W` of source 1
 *     idle / active                   a status, likewise
 *     clock 10:00:20                  a clock entry at this processing time
 *     end                             the end of source 0
 *
 * Times are of 1970-01-01, as `hh:mm:ss` or plain milliseconds. `@ 10:00:05` at the end of a line is the entry's processing
 * time; without it the time of the entry before. Columns that are not named are NULL. Empty lines and `#` lines are left out.
 */
export function entriesFrom(text: string, schemas: readonly Schema[]): readonly Entry[] {
  let atMs = 0;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [body = '', at] = line.split(' @ ');
      if (at !== undefined) atMs = timeOf(at);
      const entry = entryOf(body.trim(), schemas, atMs);
      atMs = entry.at;
      return entry;
    });
}

function entryOf(body: string, schemas: readonly Schema[], at: number): Entry {
  const [, digit, word = '', rest = ''] = /^(\d?)(\+U|-U|-D|\+|W|idle|active|clock|end)\s*(.*)$/.exec(body) ?? [];
  const source = Number(digit === '' ? 0 : digit);
  switch (word) {
    case '+':
    case '+U':
    case '-U':
    case '-D': {
      const [time = '', ...cells] = rest.split(/\s+/);
      return {
        kind: 'row',
        at,
        source,
        ts: time === '-' ? Number.NaN : timeOf(time),
        values: valuesOf(cells, defined(schemas[source], body)),
        ...(word === '+' ? {} : { op: word }),
      };
    }
    case 'W':
      return { kind: 'watermark', at, source, time: timeOf(rest) };
    case 'idle':
    case 'active':
      return { kind: 'status', at, source, idle: word === 'idle' };
    case 'clock':
      return { kind: 'clock', at: timeOf(rest) };
    case 'end':
      return { kind: 'end', at, source };
    default:
      throw new Error(`not an entry: ${body}`);
  }
}

function valuesOf(cells: readonly string[], schema: Schema): readonly Value[] {
  const values: Value[] = schema.fields.map(() => null);
  for (const cell of cells) {
    const [name = '', text = ''] = cell.split('=');
    const index = fieldIndex(schema, name);
    const { type } = defined(schema.fields[index], `column ${name}`);
    values[index] = type.kind === 'STRING' ? text : Number(text);
  }
  return values;
}

/** `10:00:03` or `10:00:03.250` as milliseconds of the day; a bare number as it is. */
export function timeOf(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  const [hours = '0', minutes = '0', seconds = '0'] = text.split(':');
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Math.round(Number(seconds) * 1000);
}
