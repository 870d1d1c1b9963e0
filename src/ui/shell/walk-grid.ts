/**
 * Moves the focus among cards that stand in rows: left and right one by one, up and down to the card that is nearest in the
 * next row, Home and End to the ends. From outside the cards, down goes to the first. Returns whether the key meant that.
 */
export function walkGrid(key: string, cards: readonly HTMLElement[]): boolean {
  const at = cards.findIndex((card) => card === document.activeElement);
  const target = at < 0 ? (key === 'ArrowDown' ? cards[0] : undefined) : targetOf(key, cards, at);
  if (target === undefined) return false;
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
  return true;
}

function targetOf(key: string, cards: readonly HTMLElement[], at: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowLeft':
      return cards[at - 1];
    case 'ArrowRight':
      return cards[at + 1];
    case 'Home':
      return cards[0];
    case 'End':
      return cards.at(-1);
    case 'ArrowUp':
      return nearest(cards.slice(0, at).toReversed(), cards[at]);
    case 'ArrowDown':
      return nearest(cards.slice(at + 1), cards[at]);
    default:
      return undefined;
  }
}

/** Of the first row among `others` that is not that of `from`, the card that stands closest to its column. */
function nearest(others: readonly HTMLElement[], from: HTMLElement | undefined): HTMLElement | undefined {
  if (from === undefined) return undefined;
  const { left, top } = from.getBoundingClientRect();
  const places = others.map((card) => ({ card, place: card.getBoundingClientRect() }));
  const rowTop = places.find(({ place }) => Math.abs(place.top - top) > 1)?.place.top;
  const row = places.filter(({ place }) => rowTop !== undefined && Math.abs(place.top - rowTop) <= 1);
  return row.toSorted((a, b) => Math.abs(a.place.left - left) - Math.abs(b.place.left - left))[0]?.card;
}
