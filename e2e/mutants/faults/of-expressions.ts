import type { Mutant } from '../mutant.ts';

const expression = 'src/expression';

/** Expressions over whole columns, and the columns that wait between two operators. */
export const faultsOfExpressions: readonly Mutant[] = [
  {
    id: 'deferred-fails-unseen',
    file: 'src/operators/map/kernel.ts',
    fault: 'A column that can fail waits until it is read: its rows are not rejected.',
    old: "typeof column !== 'number' && column.canFail ?",
    new: "typeof column !== 'number' && column.canFail && column.nullable ?",
  },
  {
    id: 'select-takes-null',
    file: `${expression}/selection-kernels.ts`,
    fault: 'A row for which a comparison is NULL passes.',
    old: 'found += ~(nulls[row >> 3]! >> (row & 7)) & 1;',
    new: 'found += 1;',
  },
  {
    id: 'and-asks-too-few',
    file: `${expression}/logic-kernels.ts`,
    fault: 'The right side of AND is not asked about rows that the left one does not know, though it fails for them.',
    old: 'if (right.canFail && (left.nullable || left.canFail)) return undefined;',
    new: 'if (left.canFail) return undefined;',
  },
  {
    id: 'remainder-of-32-bits',
    file: `${expression}/bigint-kernels.ts`,
    fault: 'A remainder is taken of the low bits of a number alone.',
    old: 'isSmall && small === value ?',
    new: 'isSmall ?',
  },
  {
    id: 'entries-of-another-dictionary',
    file: `${expression}/entry-results-kernels.ts`,
    fault: 'What a function made of a text stands for the text that has its number in the next dictionary.',
    old: '} else if (dictionary !== this.dictionary) had.fill(UNDECIDED);',
    new: '}',
  },
  {
    id: 'case-mixes-texts',
    file: `${expression}/merge-kernels.ts`,
    fault: 'Texts of the second branch of a CASE are read from the dictionary of the first.',
    old: 'text.ids[rows[i]!]! + before;',
    new: 'text.ids[rows[i]!]!;',
  },
  {
    id: 'decimal-too-many-digits',
    file: `${expression}/scaled-decimal-kernels.ts`,
    fault: 'A DECIMAL with more digits than its type has is not NULL.',
    old: 'return Math.min(EXACT_LIMIT, 10 ** precision);',
    new: 'return Math.max(EXACT_LIMIT, precision);',
  },
  {
    id: 'scaled-shift-lost',
    file: `${expression}/arithmetic-kernels.ts`,
    fault: 'A sum behind a product is taken for a difference.',
    old: "scaledAndShifted(left.product, operator === '+' ? k : -k, space)",
    new: "scaledAndShifted(left.product, operator === '+' ? -k : k, space)",
  },
];
