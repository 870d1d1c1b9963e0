let box: HTMLInputElement | null = null;

/** The field that searches operators, wherever the palette has it now. */
export function provideSearchBox(input: HTMLInputElement | null): void {
  box = input;
}

export function focusSearchBox(): void {
  box?.focus();
}
