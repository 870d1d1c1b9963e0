import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StateCopy } from './copy-state.ts';
import { copyState } from './copy-state.ts';

class Feed {
  static readonly sharedFields = ['names', 'plan'];
  counts = new Float64Array(8);
  byKey = new Map<string, { values: Float64Array }>();
  /** One of those in `byKey`. */
  current: { values: Float64Array } | null = null;
  names: string[] = [];
  plan = { id: 'plan' };
  total = 0;
}

type Change = (feed: Feed) => void;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.nat({ max: 7 }).map(
    (i): Change =>
      (feed) =>
        void feed.counts.fill(feed.total, i, i + 1),
  ),
  fc.constantFrom('a', 'b', 'c').map((key): Change => (feed) => {
    feed.current = feed.byKey.get(key) ?? { values: new Float64Array(2) };
    feed.byKey.set(key, feed.current);
  }),
  fc.nat({ max: 1 }).map(
    (i): Change =>
      (feed) =>
        void feed.current?.values.fill(feed.total, i, i + 1),
  ),
  fc.constantFrom('a', 'b').map(
    (key): Change =>
      (feed) =>
        void feed.byKey.delete(key),
  ),
  fc.constantFrom('x', 'y').map(
    (name): Change =>
      (feed) =>
        void feed.names.push(name),
  ),
  fc.constant<Change>((feed) => void feed.total++),
);

/** With what names what, and whether two names name one thing. */
function written(feed: Feed): unknown {
  const { counts, byKey, current, names, total } = feed;
  const keys = [...byKey].map(([key, { values }]) => [key, [...values], byKey.get(key) === current]);
  return [[...counts], keys, current === null ? null : [...current.values], [...names], total];
}

test('copies that have things in common stay as they were, and what goes on from one touches none of them', () => {
  const steps = fc.array(fc.array(changes, { maxLength: 6 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(steps, fc.array(changes, { maxLength: 6 }), (stretches, later) => {
      const feed = new Feed();
      const kept: Feed[] = [];
      const expected: unknown[] = [];
      for (const stretch of stretches) {
        for (const change of stretch) change(feed);
        kept.push(copyState(feed, kept.at(-1) ?? null).copy);
        expected.push(written(feed));
      }
      for (const one of kept) {
        const fresh = copyState(one).copy;
        expect(fresh.plan).toBe(feed.plan);
        for (const change of later) change(fresh);
      }
      for (const change of later) change(feed);
      expect(kept.map(written)).toEqual(expected);
    }),
  );
});

/** Of what the earlier copy does not have. */
function ownBytes({ parts }: StateCopy<Feed>, earlier: StateCopy<Feed>): number {
  return [...parts].reduce((sum, [part, bytes]) => sum + (earlier.parts.has(part) ? 0 : bytes), 0);
}

test('what has not changed since the earlier copy takes no room a second time', () => {
  const feed = new Feed();
  feed.byKey.set('a', { values: new Float64Array(1_000) });
  const first = copyState(feed);
  const again = copyState(feed, first.copy);
  expect(ownBytes(again, first)).toBe(0);
  expect(again.copy).toBe(first.copy);
  feed.total++;
  const third = copyState(feed, first.copy);
  expect(third.copy).not.toBe(first.copy);
  expect(third.copy.byKey).toBe(first.copy.byKey);
  expect(ownBytes(third, first)).toBeLessThan(200);
});

test('two things that became alike since are still two', () => {
  const feed = new Feed();
  const one = { values: Float64Array.of(1) };
  feed.byKey.set('a', one);
  feed.current = one;
  const { copy } = copyState(feed);
  feed.current = { values: Float64Array.of(1) };
  const later = copyState(copyState(feed, copy).copy).copy;
  expect(later.current).toEqual(later.byKey.get('a'));
  expect(later.current).not.toBe(later.byKey.get('a'));
});
