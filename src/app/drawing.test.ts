import { beforeEach, describe, expect, it } from 'vitest';
import { onceDrawn, useDrawing } from './drawing.ts';

describe('what waits for the drawing', () => {
  const done: string[] = [];
  beforeEach(() => {
    done.length = 0;
    useDrawing.setState({ isWhole: true });
  });

  it('is done at once while nothing is being drawn', () => {
    onceDrawn(() => done.push('a'));
    expect(done).toEqual(['a']);
  });

  it('is done once, when all is drawn', () => {
    useDrawing.setState({ isWhole: false });
    onceDrawn(() => done.push('a'));
    useDrawing.setState({ isWhole: false });
    expect(done).toEqual([]);
    useDrawing.setState({ isWhole: true });
    useDrawing.setState({ isWhole: false });
    useDrawing.setState({ isWhole: true });
    expect(done).toEqual(['a']);
  });
});
