/** Things worth knowing about rows that were read all the same: how often, and the first lines. */
export interface ReadNote {
  readonly code: string;
  readonly column: string;
  count: number;
  readonly lines: number[];
  /** What stood on the first of these lines. */
  readonly sample: string;
}

const LINES_KEPT = 20;

export class ReadNotes {
  private readonly notes = new Map<string, ReadNote>();

  add(code: string, column: string, line: number, sample: () => string): void {
    const key = `${code} ${column}`;
    let note = this.notes.get(key);
    if (note === undefined) {
      note = { code, column, count: 0, lines: [], sample: sample() };
      this.notes.set(key, note);
    }
    note.count++;
    if (note.lines.length < LINES_KEPT) note.lines.push(line);
  }

  all(): readonly ReadNote[] {
    return [...this.notes.values()];
  }
}
