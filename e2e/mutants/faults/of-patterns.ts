import type { Mutant } from '../mutant.ts';

const runs = 'src/operators/pattern/runs-state.ts';
const machine = 'src/operators/pattern/state-machine.ts';
const kernel = 'src/operators/pattern/kernel.ts';

/** Patterns, and rows that go two ways or become several. */
export const faultsOfPatterns: readonly Mutant[] = [
  {
    id: 'pattern-end-included',
    file: runs,
    fault: 'Rows that are the whole time apart are still one match.',
    old: 'state.runs[over]!.start.timeMs >= withinMs',
    new: 'state.runs[over]!.start.timeMs > withinMs',
  },
  {
    id: 'pattern-late-like-joins',
    file: kernel,
    fault: 'A row at the watermark itself is not late.',
    old: 'if (!this.isByClock && timeMs <= now) {',
    new: 'if (!this.isByClock && timeMs < now) {',
  },
  {
    id: 'pattern-goes-on-when-stopped',
    file: runs,
    fault: 'A row that must not come only counts as one that is passed over.',
    old: 'isStopped = true;',
    new: 'isStopped = false;',
  },
  {
    id: 'pattern-skips-to-last',
    file: runs,
    fault: 'Past the last row, a match that begins with that row is found too.',
    old: 'return ({ start }) => !isBefore(last, start);',
    new: 'return ({ start }) => isBefore(start, last);',
  },
  {
    id: 'pattern-matches-overtake',
    file: runs,
    fault: 'A match comes out before one that began earlier and is not complete yet.',
    old: "if (skip !== 'no-skip' && earliest !== undefined",
    new: "if (skip === 'no-skip' && earliest !== undefined",
  },
  {
    id: 'pattern-greedy-lets-go',
    file: machine,
    fault: 'A greedy step without a most leaves rows that it would take to the next.',
    old: 'if (greedy) holdOff(sink, i);',
    new: 'if (!greedy) holdOff(sink, i);',
  },
  {
    id: 'flat-map-reads-on',
    file: 'src/operators/shared/repeated-rows.ts',
    fault: 'An array that is shorter than the longest goes on with an element of the next row.',
    old: 'at >= array.offsets[row + 1]!) builder.appendNull();',
    new: 'at > array.offsets[row + 1]!) builder.appendNull();',
  },
  {
    id: 'split-takes-failed',
    file: 'src/operators/split/kernel.ts',
    fault: 'A row for which the condition fails goes with the others.',
    old: 'return errors.count === 0 ? rows : rows.filter((row) => !errors.has(row));',
    new: 'return rows;',
  },
];
