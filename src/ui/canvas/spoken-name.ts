/** The parts of a drawn node that say what it is, in the order in which they are read out. */
const PARTS = ['name', 'kind', 'line', 'problems', 'breakpoint', 'counts'] as const;

/** The id of an element that says something of a node. Ids of nodes are any text, these have no spaces. */
export function partId(nodeId: string, part: (typeof PARTS)[number]): string {
  return `${part}-${encodeURIComponent(nodeId)}`;
}

/**
 * Names what has the keyboard by what is written in it, so that its figures are the ones of that moment and no tick of a
 * run draws anything for it.
 */
export function namedByParts(nodeId: string): { readonly 'aria-labelledby': string } {
  return { 'aria-labelledby': PARTS.map((part) => partId(nodeId, part)).join(' ') };
}
