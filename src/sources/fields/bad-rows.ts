/** Rows of a block that cannot be taken, with the first reason of each. */
export class BadRows {
  private readonly reasons = new Map<number, { readonly column: string | null; readonly reason: string }>();

  get count(): number {
    return this.reasons.size;
  }

  mark(row: number, column: string | null, reason: string): void {
    if (!this.reasons.has(row)) this.reasons.set(row, { column, reason });
  }

  has(row: number): boolean {
    return this.reasons.has(row);
  }

  reasonOf(row: number): { readonly column: string | null; readonly reason: string } | null {
    return this.reasons.get(row) ?? null;
  }

  /** Of each bad row, in ascending order. */
  entries(): readonly (readonly [number, { readonly column: string | null; readonly reason: string }])[] {
    return [...this.reasons].sort(([a], [b]) => a - b);
  }
}
