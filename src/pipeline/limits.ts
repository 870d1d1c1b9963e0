/** What a document may hold. Every message about a limit names its figure; the schema file states them too. */
export const LIMITS = {
  documentBytes: 5_000_000,
  nestingDepth: 64,
  nodes: 2_000,
  edges: 5_000,
  idChars: 100,
  nameChars: 200,
  labelChars: 500,
  textChars: 20_000,
  notes: 500,
  groups: 500,
  noteChars: 5_000,
  /** Width and height of a note, canvas pixels. */
  noteSize: { min: 64, max: 2_000 },
  /** Rows that one event may become at all nodes together, by the number of paths alone. */
  rowsPerEvent: 100_000,
  /** Canvas pixels from the origin; farther away drawing loses its precision. */
  position: 1_000_000,
  /** Seeds are 32-bit. */
  seed: 0xffff_ffff,
} as const;

/** The size of a note that does not say one, canvas pixels. */
export const NOTE_SIZE = { w: 208, h: 112 } as const;

const COUNTED = ['nodes', 'edges', 'notes', 'groups'] as const;
type Counted = Readonly<Partial<Record<(typeof COUNTED)[number], readonly unknown[]>>>;

/** Why an edit makes more of a document than could be read back; null when it does not. */
export function whyTooLarge(before: Counted, after: Counted): string | null {
  for (const name of COUNTED) {
    const count = after[name]?.length ?? 0;
    if (count <= LIMITS[name] || count <= (before[name]?.length ?? 0)) continue;
    return `The graph would have ${count} ${name}; the limit is ${LIMITS[name]}.`;
  }
  return null;
}
