import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeBuckets } from './time-buckets.ts';

test('gives items by time, those of one time as they were added, without those that were taken out', () => {
  const time = fc.integer({ min: -5, max: 5 });
  const step = fc.oneof(
    fc.record({ does: fc.constant('add' as const), time }),
    fc.record({ does: fc.constant('remove' as const), pick: fc.nat() }),
    fc.record({ does: fc.constant('take' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const buckets = new TimeBuckets<{ readonly time: number }>();
      let list: { readonly time: number }[] = [];
      for (const each of steps) {
        const first = Math.min(...list.map((item) => item.time));
        if (each.does === 'add') {
          const item = { time: each.time };
          buckets.add(each.time, item);
          list.push(item);
        } else if (each.does === 'take') {
          const expected = list.filter((item) => item.time === first);
          expect([...buckets.first()]).toEqual(expected);
          expect(buckets.takeFirst()).toEqual(expected);
          list = list.filter((item) => item.time !== first);
        } else if (list.length > 0) {
          const [item] = list.splice(each.pick % list.length, 1);
          buckets.remove(item!.time, item!);
          buckets.remove(item!.time, item!);
        }
        expect(buckets.size).toBe(list.length);
        expect(buckets.firstTimeMs).toBe(Math.min(...list.map((item) => item.time)));
        expect(new Set(buckets)).toEqual(new Set(list));
      }
    }),
  );
});
