/**
 * A least part of `items` for which `holds`, in their order: without any one of them it no longer does. `fixed` are never
 * left out. `holds(items)` is known. Stops after `most` tries, and says whether it is through.
 */
export async function reduce(
  items: readonly number[],
  holds: (items: readonly number[]) => Promise<boolean>,
  most: number,
): Promise<{ readonly items: readonly number[]; readonly isLeast: boolean; readonly tries: number }> {
  let left = items;
  let tries = 0;
  // Zeller's delta debugging: leave out large parts first, then smaller ones.
  let size = Math.ceil(left.length / 2);
  while (size >= 1 && left.length > 0) {
    let hasShrunk = false;
    for (let from = 0; from < left.length;) {
      if (tries >= most) return { items: left, isLeast: false, tries };
      tries++;
      const without = [...left.slice(0, from), ...left.slice(from + size)];
      if (await holds(without)) {
        left = without;
        hasShrunk = true;
      } else from += size;
    }
    if (size === 1 && !hasShrunk) break;
    if (size > 1) size = Math.ceil(size / 2);
  }
  return { items: left, isLeast: true, tries };
}
