import type { Mutant } from '../mutant.ts';

const folder = 'src/operators/shared/aggregates';

/** What is computed of the rows of a window. */
export const faultsOfAggregates: readonly Mutant[] = [
  {
    id: 'count-counts-null',
    file: `${folder}/count.ts`,
    fault: 'A count of a column counts NULL.',
    old: 'if (!isNull(nulls, rows[i]!)) counts[cells[i]!]!++;',
    new: 'counts[cells[i]!]!++;',
  },
  {
    id: 'count-takes-back-twice',
    file: `${folder}/count.ts`,
    fault: 'A row that is taken back is counted off twice.',
    old: 'this.counts[cell]!--;',
    new: 'this.counts[cell]! -= 2;',
  },
  {
    id: 'sum-loses-part',
    file: `${folder}/sum.ts`,
    fault: 'The sum of a merged session lacks what one of its parts had.',
    old: 'this.addWide(into, this.total(from));',
    new: '',
  },
  {
    id: 'sum-loses-the-wide',
    file: `${folder}/sum.ts`,
    fault: 'A sum that goes from exact to wide loses the value that made it so.',
    old: 'else this.addWide(cell, BigInt(values[row]!));',
    new: 'else this.addWide(cell, 0n);',
  },
  {
    id: 'extremum-first',
    file: `${folder}/extremum.ts`,
    fault: 'The smallest or greatest of texts is the first one.',
    old: 'if (best === null || compareValues(value, best) * this.sign > 0) this.put(cell, value);',
    new: 'if (best === null) this.put(cell, value);',
  },
  {
    id: 'filter-ignored',
    file: `${folder}/aggregate-cells.ts`,
    fault: 'A filter of an aggregate is ignored.',
    old: 'if (input.chosen === null || input.chosen[row] === 1) accumulator.add(',
    new: 'accumulator.add(',
  },
  {
    id: 'percentile-weights-swapped',
    file: `${folder}/bag-results.ts`,
    fault: 'A percentile between two values leans to the wrong one.',
    old: '(Math.ceil(place) - place) * lower + (place - Math.floor(place)) * upper;',
    new: '(Math.ceil(place) - place) * upper + (place - Math.floor(place)) * lower;',
  },
  {
    id: 'top-k-smallest',
    file: `${folder}/bag-results.ts`,
    fault: 'The largest values are the smallest.',
    old: 'sorted(values, -1)',
    new: 'sorted(values, 1)',
  },
  {
    id: 'retract-leaves-value',
    file: `${folder}/value-bag.ts`,
    fault: 'A value that was taken back is still the smallest.',
    old: 'this.change(cell, valueAt(column, row), -1);',
    new: '',
  },
  {
    id: 'distinct-every-time',
    file: `${folder}/distinct.ts`,
    fault: 'A distinct aggregate takes a value every time that it comes.',
    old: "return wasThere === isThere ? 'stays' : isThere ? 'appears' : 'disappears';",
    new: "return isThere ? 'appears' : wasThere ? 'disappears' : 'stays';",
  },
];
