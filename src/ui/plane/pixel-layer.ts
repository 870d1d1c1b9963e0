import { channelsOf } from './palette.ts';

/** A mark as it is stamped: where it covers a pixel, and how much of it. */
export interface Stamp {
  readonly number: number;
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  /** Red, green, blue and, in the highest byte, how much is covered. */
  readonly colors: Uint32Array;
}

/** Pixels that marks are stamped into: thousands of them cost less so than as paths. */
export class PixelLayer {
  private readonly canvas = document.createElement('canvas');
  private pixels = new ImageData(1, 1);
  private words = new Uint32Array(this.pixels.data.buffer);
  /** By cell: the number of the stamp that was put there last, plus one. */
  private stamped = new Uint8Array(1);
  private cell = 1;
  private width = 1;
  private height = 1;

  /** `cell`: pixels along the sides of squares that take one stamp alone, the first; 1: a pixel takes each stamp once. */
  begin(width: number, height: number, cell = 1): void {
    this.cell = cell;
    if (width === this.width && height === this.height) {
      this.words.fill(0);
      this.stamped.fill(0);
      return;
    }
    this.width = this.canvas.width = Math.max(1, width);
    this.height = this.canvas.height = Math.max(1, height);
    this.pixels = new ImageData(this.width, this.height);
    this.words = new Uint32Array(this.pixels.data.buffer);
    this.stamped = new Uint8Array(this.width * this.height);
  }

  stamp(x: number, y: number, { number, dx, dy, colors }: Stamp): void {
    const { width, height, words, stamped, cell } = this;
    const left = Math.round(x);
    const top = Math.round(y);
    if (left >= 0 && top >= 0 && left < width && top < height) {
      const place = Math.floor(top / cell) * width + Math.floor(left / cell);
      const before = stamped[place];
      if (cell === 1 ? before === number + 1 : before !== 0) return;
      stamped[place] = number + 1;
    }
    for (let i = 0; i < dx.length; i++) {
      const px = left + (dx[i] ?? 0);
      const py = top + (dy[i] ?? 0);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const place = py * width + px;
      const color = colors[i] ?? 0;
      if (color >>> 24 >= (words[place] ?? 0) >>> 24) words[place] = color;
    }
  }

  /** Colours pixels, by their places in rows of pixels, each as strongly as it is said to, 0..1. */
  shade(places: readonly number[], color: string, strength: (place: number) => number): void {
    const [red, green, blue] = channelsOf(color);
    const base = red | (green << 8) | (blue << 16);
    for (const place of places) this.words[place] = (base | (Math.round(255 * strength(place)) << 24)) >>> 0;
  }

  /** Puts the pixels onto a canvas whose unit is one CSS pixel. */
  drawOn(context: CanvasRenderingContext2D, x: number, y: number, scale: number): void {
    this.canvas.getContext('2d')?.putImageData(this.pixels, 0, 0);
    context.drawImage(this.canvas, x, y, this.width / scale, this.height / scale);
  }
}

/** Makes a stamp, one of few with a number each, of what `draw` draws around (0, 0), at most `radius` away; `scale`: pixels of a unit. */
export function makeStamp(
  number: number,
  { radius, scale }: { readonly radius: number; readonly scale: number },
  draw: (context: CanvasRenderingContext2D) => void,
): Stamp {
  const half = Math.ceil(radius * scale) + 1;
  const size = 2 * half + 1;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const dx: number[] = [];
  const dy: number[] = [];
  const colors: number[] = [];
  if (context !== null) {
    context.translate(half + 0.5, half + 0.5);
    context.scale(scale, scale);
    draw(context);
    const words = new Uint32Array(context.getImageData(0, 0, size, size).data.buffer);
    words.forEach((color, i) => {
      if (color >>> 24 < 24) return;
      dx.push((i % size) - half);
      dy.push(Math.floor(i / size) - half);
      colors.push(color);
    });
  }
  return { number, dx: Int16Array.from(dx), dy: Int16Array.from(dy), colors: Uint32Array.from(colors) };
}
