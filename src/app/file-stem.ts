/** A name as that of a file, on any system; `other` where nothing of it can be in one. */
export function fileStem(name: string, other = 'graph'): string {
  const stem = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return stem === '' ? other : stem;
}
