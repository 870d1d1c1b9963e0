import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('matchMedia', () => ({ matches: false }));
const { indexBeside } = await import('./problem-walk.ts');

const START = { key: '', index: 0 };

describe('walking from problem to problem', () => {
  it('begins at the first, or backwards at the last, and goes round', () => {
    expect(indexBeside(['a', 'b', 'c'], START, 1)).toBe(0);
    expect(indexBeside(['a', 'b', 'c'], START, -1)).toBe(2);
    expect(indexBeside(['a', 'b', 'c'], { key: 'a', index: 0 }, 1)).toBe(1);
    expect(indexBeside(['a', 'b', 'c'], { key: 'c', index: 2 }, 1)).toBe(0);
    expect(indexBeside(['a', 'b', 'c'], { key: 'a', index: 0 }, -1)).toBe(2);
  });

  it('one that was cured leaves its place to the one behind it', () => {
    expect(indexBeside(['b', 'c'], { key: 'a', index: 0 }, 1)).toBe(0);
    expect(indexBeside(['a', 'c'], { key: 'b', index: 1 }, 1)).toBe(1);
    expect(indexBeside(['a', 'c'], { key: 'b', index: 1 }, -1)).toBe(0);
    expect(indexBeside(['a'], { key: 'c', index: 2 }, 1)).toBe(0);
    expect(indexBeside([], { key: 'c', index: 2 }, 1)).toBeNaN();
  });
});
