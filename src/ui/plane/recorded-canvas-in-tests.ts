interface Command {
  readonly op: string;
  readonly args: readonly number[];
}

/** What one `stroke` drew, with the pen that it was drawn with. */
export interface Stroke {
  readonly path: readonly Command[];
  readonly lineWidth: number;
  readonly color: string;
}

/** Stands for a canvas: takes what is drawn, and remembers the strokes. Text is as wide as it has letters, times six. */
export class RecordedCanvas {
  readonly strokes: Stroke[] = [];
  readonly texts: string[] = [];
  lineWidth = 1;
  strokeStyle = '';
  private path: Command[] = [];

  /** For what draws on a canvas of the page. */
  get context(): CanvasRenderingContext2D {
    return this as unknown as CanvasRenderingContext2D;
  }

  save(): void {
    this.note('save');
  }

  restore(): void {
    this.note('restore');
  }

  clip(): void {
    this.note('clip');
  }

  fill(): void {
    this.note('fill');
  }

  fillRect(): void {
    this.note('fillRect');
  }

  setLineDash(): void {
    this.note('setLineDash');
  }

  beginPath(): void {
    this.path = [];
  }

  moveTo(...args: number[]): void {
    this.note('moveTo', args);
  }

  lineTo(...args: number[]): void {
    this.note('lineTo', args);
  }

  arc(...args: number[]): void {
    this.note('arc', args);
  }

  rect(...args: number[]): void {
    this.note('rect', args);
  }

  stroke(): void {
    this.strokes.push({ path: this.path, lineWidth: this.lineWidth, color: this.strokeStyle });
  }

  strokeRect(...args: number[]): void {
    const { lineWidth, strokeStyle: color } = this;
    this.strokes.push({ path: [{ op: 'rect', args }], lineWidth, color });
  }

  measureText(text: string): { readonly width: number } {
    return { width: 6 * text.length };
  }

  strokeText(text: string): void {
    this.texts.push(text);
  }

  fillText(text: string): void {
    this.texts.push(text);
  }

  private note(op: string, args: readonly number[] = []): void {
    if (args.length > 0) this.path.push({ op, args });
  }
}
