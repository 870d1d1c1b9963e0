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
}

/** As the page shows them now; where the system forces its colours the tokens are names of these. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const isForced = matchMedia('(forced-colors: active)').matches;
  const isDark = document.documentElement.dataset['theme'] === 'dark';
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    surface: token('--surface'),
    line: token('--line'),
    ink: token('--ink'),
    ink2: token('--ink-2'),
    ink3: token('--ink-3'),
    tide: token('--tide'),
    tideInk: token('--tide-ink'),
    ontime: token('--ontime'),
    late: token('--late'),
    dropped: token('--dropped'),
    onOntime: isDark && !isForced ? '#06122a' : token('--surface'),
    font: style.fontFamily,
    root: parseFloat(getComputedStyle(document.documentElement).fontSize) / 16,
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
