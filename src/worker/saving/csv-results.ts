import type { ResultRecord } from '../../engine/result-records.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Json } from '../../stream/value.ts';

const FIGURES = [
  '_seq',
  '_phase',
  '_op',
  '_key',
  '_window_start',
  '_window_end',
  '_pane',
  '_pane_index',
  '_ts',
] as const;

/** What a spreadsheet would begin to compute with. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Results as RFC 4180 has it: a line of names, then a line a row, the row's own columns behind the figures of its record.
 * NULL is nothing at all, empty text a pair of quotes; lists, maps and rows are JSON.
 */
export class CsvResults {
  readonly head: string;
  private readonly names: readonly string[];
  /** Columns in which anything could stand. A negative number is no formula. */
  private readonly texts: ReadonlySet<string>;
  private readonly guards: boolean;

  constructor({ schema }: StreamType, guardsFormulas: boolean) {
    this.guards = guardsFormulas;
    this.names = schema.fields.map(({ name }) => name);
    this.texts = new Set(
      schema.fields.filter(({ type }) => type.kind === 'STRING' || type.kind === 'BYTES').map(({ name }) => name),
    );
    const taken = new Set(this.names);
    const figures = FIGURES.map((name) => freeName(name, taken));
    this.head = line([...figures, ...this.names].map((name) => this.text(name)));
  }

  line({ seq, phase, op, key, window, pane, ts, row }: ResultRecord): string {
    const figures = [window?.[0], window?.[1], pane?.timing, pane?.index, ts].map((value) => cell(value ?? null));
    const own = this.names.map((name) => {
      const value = row[name] ?? null;
      return typeof value === 'string' && this.texts.has(name) ? this.text(value) : cell(value);
    });
    return line([cell(seq), cell(phase), this.text(op), cell(key), ...figures, ...own]);
  }

  private text(value: string): string {
    return quoted(this.guards && FORMULA.test(value) ? `'${value}` : value);
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`_${name}`, taken) : name;
}

function cell(value: Json): string {
  if (value === null) return '';
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function quoted(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}
