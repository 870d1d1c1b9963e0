import { describe, expect, it } from 'vitest';
import type { Mark } from './expression-marks.ts';
import { bracketMarks, mistakeMarks, wordMarks } from './expression-marks.ts';

function shown(text: string, marks: readonly Mark[]): readonly string[] {
  return marks.map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`);
}

describe('words of an expression', () => {
  it('are told apart, columns left plain', () => {
    const text = "UPPER(page) = '(/a' AND price >= 3";
    expect(shown(text, wordMarks(text)).filter((mark) => !mark.startsWith('symbol'))).toEqual([
      'function UPPER',
      "text '(/a'",
      'keyword AND',
      'number 3',
    ]);
  });

  it('leave a column plain that is called like a function', () => {
    expect(shown('upper + 1', wordMarks('upper + 1'))).toEqual(['symbol +', 'number 1']);
  });
});

describe('brackets', () => {
  it('are shown with their partner, those in texts are none', () => {
    const text = "F(a, '(', (b))";
    expect(bracketMarks(text, text.length).map(({ from }) => from)).toEqual([1, 13]);
    expect(bracketMarks(text, 11).map(({ from }) => from)).toEqual([10, 12]);
    expect(bracketMarks(text, 6)).toEqual([]);
  });

  it('without a partner stand out', () => {
    expect(bracketMarks('(a', 1)).toEqual([{ from: 0, to: 1, kind: 'lone-bracket' }]);
    expect(bracketMarks('a)', 2)).toEqual([{ from: 1, to: 2, kind: 'lone-bracket' }]);
  });
});

describe('marks of mistakes', () => {
  const faulty = (text: string, ...spans: readonly { from: number; to: number }[]): readonly string[] =>
    shown(text, mistakeMarks(text, spans));

  it('stand where the mistakes are', () => {
    const marks = faulty('pagee <> healt', { from: 9, to: 14 }, { from: 0, to: 5 });
    expect(marks).toEqual(['mistake pagee', 'mistake healt']);
  });

  it('mark the last letter for what is missing at the end', () => {
    expect(faulty('page <>', { from: 7, to: 7 })).toEqual(['mistake >']);
    expect(faulty('', { from: 0, to: 0 })).toEqual([]);
  });

  it('never mark a letter twice when spans overlap', () => {
    expect(faulty('abcdef', { from: 0, to: 4 }, { from: 2, to: 6 })).toEqual(['mistake abcd', 'mistake ef']);
  });
});
