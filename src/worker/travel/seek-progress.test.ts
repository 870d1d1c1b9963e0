import { expect, test } from 'vitest';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { Session } from '../session.ts';

test.each([13_000, Infinity])('a seek to %s says how much of its way is behind', async (seq) => {
  const shares: number[] = [];
  let session: Session | null = null;
  // Whoever works looks at the clock.
  const clock = (): number => {
    const share = session?.travel.share() ?? null;
    if (share !== null && share !== shares.at(-1)) shares.push(share);
    return performance.now();
  };
  session = new Session(clock);
  await session.open({ run: 1, document: clicksToPurchases.document, files: {} });
  expect(session.travel.share()).toBeNull();
  await session.seek({ to: { by: 'seq', seq }, plays: false });
  expect(session.travel.share()).toBeNull();
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
});
