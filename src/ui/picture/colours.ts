/** The tokens that a picture is drawn in, by their names in `tokens.css`. */
export const COLOUR_NAMES = [
  'canvas',
  'surface',
  'surface-2',
  'surface-3',
  'line',
  'line-strong',
  'ink',
  'ink-2',
  'ink-3',
  'tide-ink',
  'tide-wash',
  'late',
] as const;
export type Colours = Readonly<Record<(typeof COLOUR_NAMES)[number], string>>;

/** As the page has them at this moment: those of its theme. */
export function coloursOfPage(): Colours {
  const style = getComputedStyle(document.documentElement);
  const entries = COLOUR_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()] as const);
  return Object.fromEntries(entries) as Colours;
}
