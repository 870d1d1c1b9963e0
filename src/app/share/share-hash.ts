/** How the part of an address behind `#` begins when it is a graph. */
export const SHARE_PREFIX = '#g=';

export function isShareHash(hash: string): boolean {
  return hash.startsWith(SHARE_PREFIX);
}
