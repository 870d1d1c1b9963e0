const PART_CHARS = 1 << 20;

/** Gathers text. What is long enough goes to a Blob at once, which the browser may keep on disk. */
export class TextParts {
  private readonly parts: Blob[] = [];
  private texts: string[] = [];
  private chars = 0;

  write(text: string): void {
    this.texts.push(text);
    this.chars += text.length;
    if (this.chars >= PART_CHARS) this.cut();
  }

  end(type: string): Blob {
    this.cut();
    return new Blob(this.parts, { type });
  }

  private cut(): void {
    this.parts.push(new Blob(this.texts));
    this.texts = [];
    this.chars = 0;
  }
}
