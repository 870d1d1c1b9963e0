/** Colours of the theme as the canvas needs them. */
export interface Palette {
  readonly surface: string;
  readonly line: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly tide: string;
  readonly tideInk: string;
  readonly ontime: string;
  readonly late: string;
  readonly dropped: string;
  readonly onOntime: string;
  readonly font: string;
  /** CSS pixels of a rem, by 16. */
  readonly root: number;
  readonly isDark: boolean;
}

/** As the page shows them now; colours that the system forces are read as it has them. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const isForced = matchMedia('(forced-colors: active)').matches;
  const token = (name: string, forced: string): string => (isForced ? forced : style.getPropertyValue(name).trim());
  return {
    surface: token('--surface', 'Canvas'),
    line: token('--line', 'GrayText'),
    ink: token('--ink', 'CanvasText'),
    ink2: token('--ink-2', 'CanvasText'),
    ink3: token('--ink-3', 'CanvasText'),
    tide: token('--tide', 'Highlight'),
    tideInk: token('--tide-ink', 'CanvasText'),
    ontime: token('--ontime', 'CanvasText'),
    late: token('--late', 'LinkText'),
    dropped: token('--dropped', 'Highlight'),
    onOntime: document.documentElement.dataset['theme'] === 'dark' ? '#06122a' : token('--surface', 'Canvas'),
    font: style.fontFamily,
    root: parseFloat(getComputedStyle(document.documentElement).fontSize) / 16,
    isDark: document.documentElement.dataset['theme'] === 'dark',
  };
}

const channels = new Map<string, readonly [number, number, number]>();

/** Red, green and blue of a colour, each 0..255, by way of a canvas: any notation that CSS has. */
export function channelsOf(color: string): readonly [number, number, number] {
  const known = channels.get(color);
  if (known !== undefined) return known;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) return [0, 0, 0];
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  channels.set(color, [red, green, blue]);
  return [red, green, blue];
}
