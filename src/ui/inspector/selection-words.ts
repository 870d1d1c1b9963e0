interface Counts {
  readonly nodes: number;
  readonly notes: number;
  readonly edges: number;
}

/** `3 nodes`, `2 nodes, 1 note`; edges that are selected along with nodes go without saying. */
export function selectionWords({ nodes, notes, edges }: Counts): string {
  const parts = [counted(nodes, 'node'), counted(notes, 'note'), nodes + notes === 0 ? counted(edges, 'edge') : null];
  return parts.filter((part) => part !== null).join(', ');
}

function counted(count: number, word: string): string | null {
  if (count === 0) return null;
  return count === 1 ? `1 ${word}` : `${String(count)} ${word}s`;
}
