/** Hands `value` to the user as a file. */
export function saveJson(name: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the bytes once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
