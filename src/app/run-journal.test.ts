import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import type { Nudge } from '../worker/explain-protocol.ts';
import { RunJournal, entriesBefore, entryBehind } from './run-journal.ts';

/** A log by name: what stands where. */
type Written = readonly string[];

const EVENTS: Written = Array.from({ length: 12 }, (_, i) => `event ${i}`);

/** What becomes of a log by an edit, or nudges, in front of entry `seq`; as an engine has it, in a plain list. */
function put(log: Written, seq: number, kind: 'edit' | 'nudge', names: Written): Written {
  const later = log.slice(seq).filter((name) => kind === 'nudge' || !name.startsWith('edit'));
  return [...log.slice(0, seq), ...names, ...later];
}

function nudgeOf(name: string): Nudge {
  return { kind: 'idle', sourceId: name, partition: 0 };
}

test('what is in the journal makes the same log of a new one', () => {
  const deeds = fc.array(
    fc.record({
      place: fc.nat({ max: 20 }),
      kind: fc.constantFrom('edit', 'nudge'),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(deeds, (done) => {
      const journal = new RunJournal();
      let log = EVENTS;
      done.forEach(({ place, kind, count }, i) => {
        const seq = Math.min(place, log.length);
        if (kind === 'edit') {
          log = put(log, seq, kind, [`edit ${i}`]);
          journal.edited({ seq, atMs: null }, emptyDocument(`edit ${i}`));
          return;
        }
        const names = Array.from({ length: count }, (_, n) => `nudge ${i}.${n}`);
        log = put(log, seq, kind, names);
        journal.nudged({ seq, atMs: null }, names.map(nudgeOf));
      });
      let again = EVENTS;
      for (const { seq, done: item } of journal.all) {
        const names = item.kind === 'edit' ? [item.document.name] : item.nudges.map(({ sourceId }) => sourceId);
        again = put(again, seq, item.kind, names);
      }
      expect(again).toEqual(log);
      log.forEach((name, seq) => {
        if (name.startsWith('event')) expect(log[seq]).toBe(EVENTS[seq - entriesBefore(journal.all, seq)]);
      });
      EVENTS.forEach((name, place) => {
        expect(log[entryBehind(journal.all, place)]).toBe(name);
      });
    }),
  );
});
